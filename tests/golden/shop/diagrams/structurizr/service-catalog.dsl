workspace "shop: the service catalog" "8 more lie one step further; '--depth 2' shows it" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "catalog" "shop.catalog · owned by team-range" "service" "service" {
                n1 = component "product-photos" "public · (centre, public)" "bucket" "bucket,mark:centre,mark:public"
                n3 = component "catalog" "shared with reports · (centre)" "database" "database,mark:centre"
                n5 = component "add_product" "POST /products · (centre)" "endpoint" "endpoint,mark:centre"
                n6 = component "change_price" "PATCH /products/{product_id}/price · (centre)" "endpoint" "endpoint,mark:centre"
                n7 = component "get_product" "GET /products/{product_id} · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n8 = component "list_photos" "GET /products/{product_id}/photos · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n9 = component "list_products" "GET /products · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n10 = component "photo_url" "GET /photos/{key:path} · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n11 = component "remove_photo" "DELETE /photos/{key:path} · (centre)" "endpoint" "endpoint,mark:centre"
                n12 = component "store_photo" "PUT /products/{product_id}/photos/{name:path} · (centre)" "endpoint" "endpoint,mark:centre"
                n14 = component "catalog (service)" "shop.catalog · (centre)" "service" "service,mark:centre"
                n17 = component "price-changes" "PriceChanged · (centre)" "topic" "topic,mark:centre"
            }
            s2 = container "orders" "shop.orders · owned by team-checkout" "service" "service" {
                n13 = component "place" "POST /orders" "endpoint" "endpoint"
            }
            s3 = container "reports" "shop.reports · owned by team-insight" "service" "service" {
                n2 = component "export-catalog" "30 3 * * 1-5" "cron" "cron"
                n4 = component "keep-price" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n15 = component "keep-price (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s4 = container "shared" "owned by no service · (unowned)" "shared" "shared,mark:unowned" {
                n16 = component "activities" "Activity" "topic" "topic"
            }
        }
        n2 -> n3 "reads" "" "queries"
        n5 -> n3 "writes" "" "queries"
        n5 -> n16 "publishes" "" "publishes"
        n6 -> n3 "writes" "" "queries"
        n6 -> n7 "calls" "" "calls"
        n6 -> n17 "publishes" "" "publishes"
        n7 -> n3 "reads" "" "queries"
        n8 -> n1 "list" "" "stores"
        n9 -> n3 "reads" "" "queries"
        n10 -> n1 "exists, signed_url" "" "stores"
        n11 -> n1 "delete" "" "stores"
        n12 -> n1 "upload" "" "stores"
        n12 -> n7 "calls" "" "calls"
        n13 -> n7 "calls" "" "calls"
        n13 -> n16 "publishes" "" "publishes"
        n14 -> n3 "reads" "" "queries"
        n15 -> n4 "fails" "" "dead-letter,mark:dead-letter"
        n17 -> n15 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the service catalog"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the service catalog"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: the service catalog: catalog"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: the service catalog: orders"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: the service catalog: reports"
            include *
            autoLayout lr
        }
        component s4 "components-s4" {
            title "shop: the service catalog: shared"
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
