workspace "shop: the topic parcel-moves" "4 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "reports" "shop.reports · owned by team-insight" "service" "service" {
                n1 = component "count-arrivals" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n5 = component "count-arrivals (subscription)" "only by status · (dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s2 = container "shipping" "shop.shipping · owned by team-warehouse" "service" "service" {
                n2 = component "keep-status" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n3 = component "report_scan" "POST /scans · (public)" "endpoint" "endpoint,mark:public"
                n4 = component "pack" "" "subscription" "subscription"
                n6 = component "keep-status (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n7 = component "parcel-moves" "ParcelMoved · (centre, fan-out)" "topic" "topic,mark:centre,mark:fan-out"
            }
        }
        n3 -> n7 "publishes" "" "publishes"
        n4 -> n7 "publishes" "" "publishes"
        n5 -> n1 "fails" "" "dead-letter,mark:dead-letter"
        n6 -> n2 "fails" "" "dead-letter,mark:dead-letter"
        n7 -> n5 "delivers" "" "delivers"
        n7 -> n6 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the topic parcel-moves"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the topic parcel-moves"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the topic parcel-moves: reports"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the topic parcel-moves: shipping"
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
