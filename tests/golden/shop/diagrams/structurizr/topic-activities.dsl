workspace "shop: the topic activities" "10 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "accounts" "shop.accounts · owned by team-customers" "service" "service" {
                n2 = component "close_account" "DELETE /me" "endpoint" "endpoint"
                n3 = component "sign_up" "POST /signup · (public)" "endpoint" "endpoint,mark:public"
            }
            s2 = container "catalog" "shop.catalog · owned by team-range" "service" "service" {
                n4 = component "add_product" "POST /products" "endpoint" "endpoint"
            }
            s3 = container "orders" "shop.orders · owned by team-checkout" "service" "service" {
                n5 = component "place" "POST /orders" "endpoint" "endpoint"
            }
            s4 = container "reports" "shop.reports · owned by team-insight" "service" "service" {
                n1 = component "keep-activity" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n6 = component "keep-activity (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s5 = container "shared" "owned by no service · (unowned)" "shared" "shared,mark:unowned" {
                n7 = component "activities" "Activity · (centre)" "topic" "topic,mark:centre"
            }
        }
        n2 -> n7 "publishes" "" "publishes"
        n3 -> n7 "publishes" "" "publishes"
        n4 -> n7 "publishes" "" "publishes"
        n5 -> n7 "publishes" "" "publishes"
        n6 -> n1 "fails" "" "dead-letter,mark:dead-letter"
        n7 -> n6 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the topic activities"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the topic activities"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the topic activities: accounts"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the topic activities: catalog"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: the topic activities: orders"
            include *
            autoLayout lr
        }
        component s4 "components-s4" {
            title "shop: the topic activities: reports"
            include *
            autoLayout lr
        }
        component s5 "components-s5" {
            title "shop: the topic activities: shared"
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
