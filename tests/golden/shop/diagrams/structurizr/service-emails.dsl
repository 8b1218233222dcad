workspace "shop: the service emails" "11 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "accounts" "shop.accounts · owned by team-customers" "service" "service" {
                n5 = component "get_account" "GET /accounts/{account_id}" "endpoint" "endpoint"
                n14 = component "signups" "Signup" "topic" "topic"
                n15 = component "verification-reminders" "Reminder" "topic" "topic"
            }
            s2 = container "emails" "shop.emails · owned by team-customers" "service" "service" {
                n1 = component "tell-outcome" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n2 = component "send-vat-invoice" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n3 = component "send-welcome-email" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n4 = component "remind" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n7 = component "SMTP_PASSWORD" "(centre)" "secret" "secret,mark:centre"
                n8 = component "tell-outcome (subscription)" "(centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
                n9 = component "send-vat-invoice (subscription)" "only by country · (centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
                n10 = component "send-welcome-email (subscription)" "(centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
                n11 = component "remind (subscription)" "(centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
            }
            s3 = container "orders" "shop.orders · owned by team-checkout" "service" "service" {
                n12 = component "order-ends" "(fan-out)" "topic" "topic,mark:fan-out"
                n13 = component "orders-placed" "OrderPlaced · (fan-out)" "topic" "topic,mark:fan-out"
            }
            s4 = container "shared" "owned by no service · (unowned)" "shared" "shared,mark:unowned" {
                n6 = component "LINK_KEY" "" "secret" "secret"
            }
        }
        n8 -> n1 "fails" "" "dead-letter,mark:dead-letter"
        n8 -> n5 "calls" "" "calls"
        n8 -> n7 "reads" "" "reads"
        n9 -> n2 "fails" "" "dead-letter,mark:dead-letter"
        n9 -> n5 "calls" "" "calls"
        n9 -> n7 "reads" "" "reads"
        n10 -> n3 "fails" "" "dead-letter,mark:dead-letter"
        n10 -> n6 "reads" "" "reads"
        n10 -> n7 "reads" "" "reads"
        n11 -> n4 "fails" "" "dead-letter,mark:dead-letter"
        n11 -> n6 "reads" "" "reads"
        n11 -> n7 "reads" "" "reads"
        n12 -> n8 "delivers" "" "delivers"
        n13 -> n9 "delivers" "" "delivers"
        n14 -> n10 "delivers" "" "delivers"
        n15 -> n11 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the service emails"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the service emails"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the service emails: accounts"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the service emails: emails"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: the service emails: orders"
            include *
            autoLayout lr
        }
        component s4 "components-s4" {
            title "shop: the service emails: shared"
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
