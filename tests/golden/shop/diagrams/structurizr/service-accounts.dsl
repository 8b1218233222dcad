workspace "shop: the service accounts" "6 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "accounts" "shop.accounts · owned by team-customers" "service" "service" {
                n1 = component "purge-unverified" "every 1 d · (centre)" "cron" "cron,mark:centre"
                n2 = component "accounts" "(centre)" "database" "database,mark:centre"
                n7 = component "close_account" "DELETE /me · (centre)" "endpoint" "endpoint,mark:centre"
                n8 = component "get_account" "GET /accounts/{account_id} · (centre)" "endpoint" "endpoint,mark:centre"
                n9 = component "set_address" "PUT /me/address · (centre)" "endpoint" "endpoint,mark:centre"
                n10 = component "sign_up" "POST /signup · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n11 = component "verify" "GET /verify/{account_id} · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n12 = component "whose_session" "GET /session · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n14 = component "SESSION_KEY" "(centre)" "secret" "secret,mark:centre"
                n15 = component "accounts (service)" "shop.accounts · (centre)" "service" "service,mark:centre"
                n21 = component "signups" "Signup · (centre)" "topic" "topic,mark:centre"
                n22 = component "verification-reminders" "Reminder · (centre)" "topic" "topic,mark:centre"
            }
            s2 = container "emails" "shop.emails · owned by team-customers" "service" "service" {
                n3 = component "tell-outcome" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n4 = component "send-vat-invoice" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n5 = component "send-welcome-email" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n6 = component "remind" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n16 = component "tell-outcome (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n17 = component "send-vat-invoice (subscription)" "only by country · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n18 = component "send-welcome-email (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n19 = component "remind (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s3 = container "shared" "owned by no service · (unowned)" "shared" "shared,mark:unowned" {
                n13 = component "LINK_KEY" "" "secret" "secret"
                n20 = component "activities" "Activity" "topic" "topic"
            }
        }
        n1 -> n2 "writes" "" "queries"
        n7 -> n2 "writes" "" "queries"
        n7 -> n20 "publishes" "" "publishes"
        n8 -> n2 "reads" "" "queries"
        n9 -> n2 "writes" "" "queries"
        n10 -> n2 "writes" "" "queries"
        n10 -> n14 "reads" "" "reads"
        n10 -> n20 "publishes" "" "publishes"
        n10 -> n21 "publishes" "" "publishes"
        n10 -> n22 "publishes" "" "publishes"
        n11 -> n2 "writes" "" "queries"
        n11 -> n13 "reads" "" "reads"
        n12 -> n14 "reads" "" "reads"
        n15 -> n2 "reads" "" "queries"
        n15 -> n14 "reads" "" "reads"
        n16 -> n3 "fails" "" "dead-letter,mark:dead-letter"
        n16 -> n8 "calls" "" "calls"
        n17 -> n4 "fails" "" "dead-letter,mark:dead-letter"
        n17 -> n8 "calls" "" "calls"
        n18 -> n5 "fails" "" "dead-letter,mark:dead-letter"
        n18 -> n13 "reads" "" "reads"
        n19 -> n6 "fails" "" "dead-letter,mark:dead-letter"
        n19 -> n13 "reads" "" "reads"
        n21 -> n18 "delivers" "" "delivers"
        n22 -> n19 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the service accounts"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the service accounts"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the service accounts: accounts"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the service accounts: emails"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: the service accounts: shared"
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
