workspace "shop: the topic bank-transfers" "2 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "payments" "shop.payments · owned by team-checkout" "service" "service" {
                n1 = component "match-transfer" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n2 = component "match-transfer (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n3 = component "bank-transfers" "BankTransfer · (centre, external)" "topic" "topic,mark:centre,mark:external"
            }
        }
        n2 -> n1 "fails" "" "dead-letter,mark:dead-letter"
        n3 -> n2 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the topic bank-transfers"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the topic bank-transfers"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the topic bank-transfers: payments"
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
