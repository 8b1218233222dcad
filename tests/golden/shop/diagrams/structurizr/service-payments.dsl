workspace "shop: the service payments" "4 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "orders" "shop.orders · owned by team-checkout" "service" "service" {
                n5 = component "mark-paid" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n10 = component "mark-paid (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n12 = component "orders-placed" "OrderPlaced · (fan-out)" "topic" "topic,mark:fan-out"
            }
            s2 = container "payments" "shop.payments · owned by team-checkout" "service" "service" {
                n2 = component "payments" "(centre)" "database" "database,mark:centre"
                n3 = component "match-transfer" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n4 = component "request-payment" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n6 = component "card_webhook" "POST /webhooks/cards · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n7 = component "CARD_WEBHOOK_KEY" "(centre)" "secret" "secret,mark:centre"
                n8 = component "match-transfer (subscription)" "(centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
                n9 = component "request-payment (subscription)" "(centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
                n11 = component "bank-transfers" "BankTransfer · (centre, external)" "topic" "topic,mark:centre,mark:external"
                n13 = component "payments-received" "Payment · (centre)" "topic" "topic,mark:centre"
            }
            s3 = container "shared" "owned by no service · (unowned)" "shared" "shared,mark:unowned" {
                n1 = component "idempotency" "shared with orders, payments" "database" "database"
            }
        }
        n6 -> n1 "writes" "" "queries"
        n6 -> n2 "writes" "" "queries"
        n6 -> n7 "reads" "" "reads"
        n6 -> n13 "publishes" "" "publishes"
        n8 -> n2 "reads, writes" "" "queries"
        n8 -> n3 "fails" "" "dead-letter,mark:dead-letter"
        n8 -> n13 "publishes" "" "publishes"
        n9 -> n2 "writes" "" "queries"
        n9 -> n4 "fails" "" "dead-letter,mark:dead-letter"
        n10 -> n5 "fails" "" "dead-letter,mark:dead-letter"
        n11 -> n8 "delivers" "" "delivers"
        n12 -> n9 "delivers" "" "delivers"
        n13 -> n10 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the service payments"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the service payments"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the service payments: orders"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the service payments: payments"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: the service payments: shared"
            include *
            autoLayout lr
        }
        styles {
            element "database" {
                shape Cylinder
                background #e3f1fb
                stroke #1a74b0
                color #1b1f24
            }
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
            element "secret" {
                shape Ellipse
                background #fceaf4
                stroke #b8347f
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
