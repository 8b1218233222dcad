workspace "shop: the topic order-ends" "8 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "emails" "shop.emails · owned by team-customers" "service" "service" {
                n2 = component "tell-outcome" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n8 = component "tell-outcome (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s2 = container "orders" "shop.orders · owned by team-checkout" "service" "service" {
                n1 = component "expire-unpaid" "every 15 min" "cron" "cron"
                n3 = component "mark-paid" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n4 = component "cancel" "POST /orders/{order_id}/cancel" "endpoint" "endpoint"
                n5 = component "expire_unpaid" "POST /orders/expire" "endpoint" "endpoint"
                n6 = component "mark_paid" "POST /orders/paid" "endpoint" "endpoint"
                n9 = component "mark-paid (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n10 = component "order-ends" "(centre, fan-out)" "topic" "topic,mark:centre,mark:fan-out"
            }
            s3 = container "shipping" "shop.shipping · owned by team-warehouse" "service" "service" {
                n7 = component "pack" "" "subscription" "subscription"
            }
        }
        n1 -> n10 "publishes" "" "publishes"
        n4 -> n10 "publishes" "" "publishes"
        n5 -> n10 "publishes" "" "publishes"
        n6 -> n10 "publishes" "" "publishes"
        n8 -> n2 "fails" "" "dead-letter,mark:dead-letter"
        n9 -> n3 "fails" "" "dead-letter,mark:dead-letter"
        n9 -> n10 "publishes" "" "publishes"
        n10 -> n7 "delivers" "" "delivers"
        n10 -> n8 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the topic order-ends"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the topic order-ends"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the topic order-ends: emails"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the topic order-ends: orders"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: the topic order-ends: shipping"
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
