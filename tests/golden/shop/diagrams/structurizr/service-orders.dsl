workspace "shop: the service orders" "15 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "catalog" "shop.catalog · owned by team-range" "service" "service" {
                n8 = component "get_product" "GET /products/{product_id} · (public)" "endpoint" "endpoint,mark:public"
            }
            s2 = container "emails" "shop.emails · owned by team-customers" "service" "service" {
                n4 = component "tell-outcome" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n6 = component "send-vat-invoice" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n16 = component "tell-outcome (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n18 = component "send-vat-invoice (subscription)" "only by country · (dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s3 = container "orders" "shop.orders · owned by team-checkout" "service" "service" {
                n1 = component "expire-unpaid" "every 15 min · (centre)" "cron" "cron,mark:centre"
                n3 = component "orders" "(centre)" "database" "database,mark:centre"
                n7 = component "mark-paid" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n9 = component "cancel" "POST /orders/{order_id}/cancel · (centre)" "endpoint" "endpoint,mark:centre"
                n10 = component "expire_unpaid" "POST /orders/expire · (centre)" "endpoint" "endpoint,mark:centre"
                n11 = component "get_order" "GET /orders/{order_id} · (centre)" "endpoint" "endpoint,mark:centre"
                n12 = component "list_orders" "GET /orders · (centre)" "endpoint" "endpoint,mark:centre"
                n13 = component "mark_paid" "POST /orders/paid · (centre)" "endpoint" "endpoint,mark:centre"
                n14 = component "place" "POST /orders · (centre)" "endpoint" "endpoint,mark:centre"
                n19 = component "mark-paid (subscription)" "(centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
                n21 = component "order-ends" "(centre, fan-out)" "topic" "topic,mark:centre,mark:fan-out"
                n22 = component "orders-placed" "OrderPlaced · (centre, fan-out)" "topic" "topic,mark:centre,mark:fan-out"
            }
            s4 = container "payments" "shop.payments · owned by team-checkout" "service" "service" {
                n5 = component "request-payment" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n17 = component "request-payment (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n23 = component "payments-received" "Payment" "topic" "topic"
            }
            s5 = container "shipping" "shop.shipping · owned by team-warehouse" "service" "service" {
                n15 = component "pack" "" "subscription" "subscription"
            }
            s6 = container "shared" "owned by no service · (unowned)" "shared" "shared,mark:unowned" {
                n2 = component "idempotency" "shared with orders, payments" "database" "database"
                n20 = component "activities" "Activity" "topic" "topic"
            }
        }
        n1 -> n3 "writes" "" "queries"
        n1 -> n21 "publishes" "" "publishes"
        n9 -> n3 "writes" "" "queries"
        n9 -> n11 "calls" "" "calls"
        n9 -> n21 "publishes" "" "publishes"
        n10 -> n3 "writes" "" "queries"
        n10 -> n21 "publishes" "" "publishes"
        n11 -> n3 "reads" "" "queries"
        n12 -> n3 "reads" "" "queries"
        n13 -> n3 "writes" "" "queries"
        n13 -> n21 "publishes" "" "publishes"
        n14 -> n2 "writes" "" "queries"
        n14 -> n3 "writes" "" "queries"
        n14 -> n8 "calls" "" "calls"
        n14 -> n20 "publishes" "" "publishes"
        n14 -> n22 "publishes" "" "publishes"
        n16 -> n4 "fails" "" "dead-letter,mark:dead-letter"
        n17 -> n5 "fails" "" "dead-letter,mark:dead-letter"
        n18 -> n6 "fails" "" "dead-letter,mark:dead-letter"
        n19 -> n3 "writes" "" "queries"
        n19 -> n7 "fails" "" "dead-letter,mark:dead-letter"
        n19 -> n21 "publishes" "" "publishes"
        n21 -> n15 "delivers" "" "delivers"
        n21 -> n16 "delivers" "" "delivers"
        n22 -> n17 "delivers" "" "delivers"
        n22 -> n18 "delivers" "" "delivers"
        n23 -> n19 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the service orders"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the service orders"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the service orders: catalog"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the service orders: emails"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: the service orders: orders"
            include *
            autoLayout lr
        }
        component s4 "components-s4" {
            title "shop: the service orders: payments"
            include *
            autoLayout lr
        }
        component s5 "components-s5" {
            title "shop: the service orders: shipping"
            include *
            autoLayout lr
        }
        component s6 "components-s6" {
            title "shop: the service orders: shared"
            include *
            autoLayout lr
        }
        styles {
            element "cron" {
                shape Circle
                background #f3ebfc
                stroke #8250df
                color #1b1f24
            }
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
