workspace "shop: the topic orders-placed" "7 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "emails" "shop.emails · owned by team-customers" "service" "service" {
                n2 = component "send-vat-invoice" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n5 = component "send-vat-invoice (subscription)" "only by country · (dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s2 = container "orders" "shop.orders · owned by team-checkout" "service" "service" {
                n3 = component "place" "POST /orders" "endpoint" "endpoint"
                n6 = component "orders-placed" "OrderPlaced · (centre, fan-out)" "topic" "topic,mark:centre,mark:fan-out"
            }
            s3 = container "payments" "shop.payments · owned by team-checkout" "service" "service" {
                n1 = component "request-payment" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n4 = component "request-payment (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
        }
        n3 -> n6 "publishes" "" "publishes"
        n4 -> n1 "fails" "" "dead-letter,mark:dead-letter"
        n5 -> n2 "fails" "" "dead-letter,mark:dead-letter"
        n6 -> n4 "delivers" "" "delivers"
        n6 -> n5 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the topic orders-placed"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the topic orders-placed"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the topic orders-placed: emails"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the topic orders-placed: orders"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: the topic orders-placed: payments"
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
