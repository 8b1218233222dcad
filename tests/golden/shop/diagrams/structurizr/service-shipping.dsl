workspace "shop: the service shipping" "7 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "orders" "shop.orders · owned by team-checkout" "service" "service" {
                n11 = component "order-ends" "(fan-out)" "topic" "topic,mark:fan-out"
            }
            s2 = container "reports" "shop.reports · owned by team-insight" "service" "service" {
                n3 = component "count-arrivals" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n9 = component "count-arrivals (subscription)" "only by status · (dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s3 = container "shipping" "shop.shipping · owned by team-warehouse" "service" "service" {
                n1 = component "shipping-labels" "versioned · (centre)" "bucket" "bucket,mark:centre"
                n2 = component "shipping" "(centre)" "database" "database,mark:centre"
                n4 = component "keep-status" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n5 = component "follow" "GET /parcels/{parcel_id}/live · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n6 = component "label" "GET /parcels/{parcel_id}/label · (centre)" "endpoint" "endpoint,mark:centre"
                n7 = component "report_scan" "POST /scans · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n8 = component "pack" "(centre)" "subscription" "subscription,mark:centre"
                n10 = component "keep-status (subscription)" "(centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
                n12 = component "parcel-moves" "ParcelMoved · (centre, fan-out)" "topic" "topic,mark:centre,mark:fan-out"
            }
        }
        n5 -> n2 "reads" "" "queries"
        n6 -> n1 "download" "" "stores"
        n7 -> n12 "publishes" "" "publishes"
        n8 -> n1 "upload" "" "stores"
        n8 -> n2 "writes" "" "queries"
        n8 -> n12 "publishes" "" "publishes"
        n9 -> n3 "fails" "" "dead-letter,mark:dead-letter"
        n10 -> n2 "writes" "" "queries"
        n10 -> n4 "fails" "" "dead-letter,mark:dead-letter"
        n11 -> n8 "delivers" "" "delivers"
        n12 -> n9 "delivers" "" "delivers"
        n12 -> n10 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the service shipping"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the service shipping"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the service shipping: orders"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the service shipping: reports"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: the service shipping: shipping"
            include *
            autoLayout lr
        }
        styles {
            element "bucket" {
                shape Bucket
                background #f1f5dc
                stroke #6f8000
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
