workspace "shop: the topic signups" "6 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "accounts" "shop.accounts · owned by team-customers" "service" "service" {
                n2 = component "sign_up" "POST /signup · (public)" "endpoint" "endpoint,mark:public"
                n4 = component "signups" "Signup · (centre)" "topic" "topic,mark:centre"
            }
            s2 = container "emails" "shop.emails · owned by team-customers" "service" "service" {
                n1 = component "send-welcome-email" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n3 = component "send-welcome-email (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
        }
        n2 -> n4 "publishes" "" "publishes"
        n3 -> n1 "fails" "" "dead-letter,mark:dead-letter"
        n4 -> n3 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the topic signups"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the topic signups"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the topic signups: accounts"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the topic signups: emails"
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
