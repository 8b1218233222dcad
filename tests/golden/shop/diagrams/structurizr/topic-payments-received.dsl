workspace "shop: the topic payments-received" "6 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "orders" "shop.orders · owned by team-checkout" "service" "service" {
                n2 = component "mark-paid" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n5 = component "mark-paid (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s2 = container "payments" "shop.payments · owned by team-checkout" "service" "service" {
                n1 = component "match-transfer" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n3 = component "card_webhook" "POST /webhooks/cards · (public)" "endpoint" "endpoint,mark:public"
                n4 = component "match-transfer (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n6 = component "payments-received" "Payment · (centre)" "topic" "topic,mark:centre"
            }
        }
        n3 -> n6 "publishes" "" "publishes"
        n4 -> n1 "fails" "" "dead-letter,mark:dead-letter"
        n4 -> n6 "publishes" "" "publishes"
        n5 -> n2 "fails" "" "dead-letter,mark:dead-letter"
        n6 -> n5 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the topic payments-received"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the topic payments-received"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the topic payments-received: orders"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the topic payments-received: payments"
            include *
            autoLayout lr
        }
        styles {
            element "dead-letter" {
                shape Folder
                background #fdeceb
                stroke #b42318
                color #1b1f24
            }
            element "endpoint" {
                shape WebBrowser
                background #e8ecfd
                stroke #4459c4
                color #1b1f24
            }
            element "service" {
                shape RoundedBox
                background #eaf0f7
                stroke #3f5f86
                color #1b1f24
            }
            element "shared" {
                shape Box
                background #ffffff
                stroke #47515d
                color #1b1f24
            }
            element "subscription" {
                shape Component
                background #def5ec
                stroke #12805c
                color #1b1f24
            }
            element "topic" {
                shape Pipe
                background #fdf0d9
                stroke #b26a00
                color #1b1f24
            }
            relationship "mark:dead-letter" {
                style Dashed
            }
        }
    }
}
