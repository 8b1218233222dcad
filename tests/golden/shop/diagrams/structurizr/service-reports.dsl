workspace "shop: the service reports" "11 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "catalog" "shop.catalog · owned by team-range" "service" "service" {
                n3 = component "catalog" "shared with reports" "database" "database"
                n17 = component "price-changes" "PriceChanged" "topic" "topic"
            }
            s2 = container "reports" "shop.reports · owned by team-insight" "service" "service" {
                n1 = component "exports" "(centre)" "bucket" "bucket,mark:centre"
                n2 = component "export-catalog" "30 3 * * 1-5 · (centre)" "cron" "cron,mark:centre"
                n4 = component "reports" "(centre)" "database" "database,mark:centre"
                n5 = component "keep-activity" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n6 = component "count-arrivals" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n7 = component "keep-price" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n8 = component "connection_string" "GET /reports/connection · (centre)" "endpoint" "endpoint,mark:centre"
                n9 = component "request_upload" "POST /reports/uploads/{rest:path} · (centre)" "endpoint" "endpoint,mark:centre"
                n10 = component "sales" "GET /reports/sales · (centre)" "endpoint" "endpoint,mark:centre"
                n11 = component "reports (service)" "shop.reports · (centre)" "service" "service,mark:centre"
                n12 = component "keep-activity (subscription)" "(centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
                n13 = component "count-arrivals (subscription)" "only by status · (centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
                n14 = component "keep-price (subscription)" "(centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
            }
            s3 = container "shipping" "shop.shipping · owned by team-warehouse" "service" "service" {
                n16 = component "parcel-moves" "ParcelMoved · (fan-out)" "topic" "topic,mark:fan-out"
            }
            s4 = container "shared" "owned by no service · (unowned)" "shared" "shared,mark:unowned" {
                n15 = component "activities" "Activity" "topic" "topic"
            }
        }
        n2 -> n1 "upload" "" "stores"
        n2 -> n3 "reads" "" "queries"
        n8 -> n4 "queries" "" "queries"
        n9 -> n1 "exists, signed_url" "" "stores"
        n10 -> n4 "reads" "" "queries"
        n11 -> n4 "writes" "" "queries"
        n12 -> n4 "writes" "" "queries"
        n12 -> n5 "fails" "" "dead-letter,mark:dead-letter"
        n13 -> n4 "writes" "" "queries"
        n13 -> n6 "fails" "" "dead-letter,mark:dead-letter"
        n14 -> n4 "queries" "" "queries"
        n14 -> n7 "fails" "" "dead-letter,mark:dead-letter"
        n15 -> n12 "delivers" "" "delivers"
        n16 -> n13 "delivers" "" "delivers"
        n17 -> n14 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the service reports"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the service reports"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the service reports: catalog"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the service reports: reports"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: the service reports: shipping"
            include *
            autoLayout lr
        }
        component s4 "components-s4" {
            title "shop: the service reports: shared"
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
