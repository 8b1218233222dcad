workspace "shop: data" "" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "accounts" "shop.accounts · owned by team-customers" "service" "service" {
                n6 = component "purge-unverified" "every 1 d" "cron" "cron"
                n7 = component "accounts" "" "database" "database"
                n25 = component "close_account" "DELETE /me" "endpoint" "endpoint"
                n26 = component "get_account" "GET /accounts/{account_id}" "endpoint" "endpoint"
                n27 = component "set_address" "PUT /me/address" "endpoint" "endpoint"
                n28 = component "sign_up" "POST /signup · (public)" "endpoint" "endpoint,mark:public"
                n29 = component "verify" "GET /verify/{account_id} · (public)" "endpoint" "endpoint,mark:public"
                n30 = component "whose_session" "GET /session · (public)" "endpoint" "endpoint,mark:public"
                n53 = component "SESSION_KEY" "" "secret" "secret"
                n55 = component "accounts (service)" "shop.accounts" "service" "service"
            }
            s2 = container "catalog" "shop.catalog · owned by team-range" "service" "service" {
                n2 = component "product-photos" "public · (public)" "bucket" "bucket,mark:public"
                n8 = component "catalog" "shared with reports" "database" "database"
                n31 = component "add_product" "POST /products" "endpoint" "endpoint"
                n32 = component "change_price" "PATCH /products/{product_id}/price" "endpoint" "endpoint"
                n33 = component "get_product" "GET /products/{product_id} · (public)" "endpoint" "endpoint,mark:public"
                n34 = component "list_photos" "GET /products/{product_id}/photos · (public)" "endpoint" "endpoint,mark:public"
                n35 = component "list_products" "GET /products · (public)" "endpoint" "endpoint,mark:public"
                n36 = component "photo_url" "GET /photos/{key:path} · (public)" "endpoint" "endpoint,mark:public"
                n37 = component "remove_photo" "DELETE /photos/{key:path}" "endpoint" "endpoint"
                n38 = component "store_photo" "PUT /products/{product_id}/photos/{name:path}" "endpoint" "endpoint"
                n56 = component "catalog (service)" "shop.catalog" "service" "service"
            }
            s3 = container "emails" "shop.emails · owned by team-customers" "service" "service" {
                n16 = component "tell-outcome" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n18 = component "send-vat-invoice" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n23 = component "send-welcome-email" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n24 = component "remind" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n54 = component "SMTP_PASSWORD" "" "secret" "secret"
                n61 = component "tell-outcome (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n63 = component "send-vat-invoice (subscription)" "only by country · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n68 = component "send-welcome-email (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n69 = component "remind (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s4 = container "orders" "shop.orders · owned by team-checkout" "service" "service" {
                n4 = component "expire-unpaid" "every 15 min" "cron" "cron"
                n10 = component "orders" "" "database" "database"
                n21 = component "mark-paid" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n39 = component "cancel" "POST /orders/{order_id}/cancel" "endpoint" "endpoint"
                n40 = component "expire_unpaid" "POST /orders/expire" "endpoint" "endpoint"
                n41 = component "get_order" "GET /orders/{order_id}" "endpoint" "endpoint"
                n42 = component "list_orders" "GET /orders" "endpoint" "endpoint"
                n43 = component "mark_paid" "POST /orders/paid" "endpoint" "endpoint"
                n44 = component "place" "POST /orders" "endpoint" "endpoint"
                n66 = component "mark-paid (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s5 = container "payments" "shop.payments · owned by team-checkout" "service" "service" {
                n11 = component "payments" "" "database" "database"
                n15 = component "match-transfer" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n17 = component "request-payment" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n45 = component "card_webhook" "POST /webhooks/cards · (public)" "endpoint" "endpoint,mark:public"
                n51 = component "CARD_WEBHOOK_KEY" "" "secret" "secret"
                n59 = component "match-transfer (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n62 = component "request-payment (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s6 = container "reports" "shop.reports · owned by team-insight" "service" "service" {
                n1 = component "exports" "" "bucket" "bucket"
                n5 = component "export-catalog" "30 3 * * 1-5" "cron" "cron"
                n12 = component "reports" "" "database" "database"
                n14 = component "keep-activity" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n19 = component "count-arrivals" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n22 = component "keep-price" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n46 = component "connection_string" "GET /reports/connection" "endpoint" "endpoint"
                n47 = component "request_upload" "POST /reports/uploads/{rest:path}" "endpoint" "endpoint"
                n48 = component "sales" "GET /reports/sales" "endpoint" "endpoint"
                n57 = component "reports (service)" "shop.reports" "service" "service"
                n58 = component "keep-activity (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n64 = component "count-arrivals (subscription)" "only by status · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n67 = component "keep-price (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s7 = container "shipping" "shop.shipping · owned by team-warehouse" "service" "service" {
                n3 = component "shipping-labels" "versioned" "bucket" "bucket"
                n13 = component "shipping" "" "database" "database"
                n20 = component "keep-status" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n49 = component "follow" "GET /parcels/{parcel_id}/live · (public)" "endpoint" "endpoint,mark:public"
                n50 = component "label" "GET /parcels/{parcel_id}/label" "endpoint" "endpoint"
                n60 = component "pack" "" "subscription" "subscription"
                n65 = component "keep-status (subscription)" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s8 = container "shared" "owned by no service · (unowned)" "shared" "shared,mark:unowned" {
                n9 = component "idempotency" "shared with orders, payments" "database" "database"
                n52 = component "LINK_KEY" "" "secret" "secret"
            }
        }
        n4 -> n10 "writes" "" "queries"
        n5 -> n1 "upload" "" "stores"
        n5 -> n8 "reads" "" "queries"
        n6 -> n7 "writes" "" "queries"
        n25 -> n7 "writes" "" "queries"
        n26 -> n7 "reads" "" "queries"
        n27 -> n7 "writes" "" "queries"
        n28 -> n7 "writes" "" "queries"
        n28 -> n53 "reads" "" "reads"
        n29 -> n7 "writes" "" "queries"
        n29 -> n52 "reads" "" "reads"
        n30 -> n53 "reads" "" "reads"
        n31 -> n8 "writes" "" "queries"
        n32 -> n8 "writes" "" "queries"
        n33 -> n8 "reads" "" "queries"
        n34 -> n2 "list" "" "stores"
        n35 -> n8 "reads" "" "queries"
        n36 -> n2 "exists, signed_url" "" "stores"
        n37 -> n2 "delete" "" "stores"
        n38 -> n2 "upload" "" "stores"
        n39 -> n10 "writes" "" "queries"
        n40 -> n10 "writes" "" "queries"
        n41 -> n10 "reads" "" "queries"
        n42 -> n10 "reads" "" "queries"
        n43 -> n10 "writes" "" "queries"
        n44 -> n9 "writes" "" "queries"
        n44 -> n10 "writes" "" "queries"
        n45 -> n9 "writes" "" "queries"
        n45 -> n11 "writes" "" "queries"
        n45 -> n51 "reads" "" "reads"
        n46 -> n12 "queries" "" "queries"
        n47 -> n1 "exists, signed_url" "" "stores"
        n48 -> n12 "reads" "" "queries"
        n49 -> n13 "reads" "" "queries"
        n50 -> n3 "download" "" "stores"
        n55 -> n7 "reads" "" "queries"
        n55 -> n53 "reads" "" "reads"
        n56 -> n8 "reads" "" "queries"
        n57 -> n12 "writes" "" "queries"
        n58 -> n12 "writes" "" "queries"
        n58 -> n14 "fails" "" "dead-letter,mark:dead-letter"
        n59 -> n11 "reads, writes" "" "queries"
        n59 -> n15 "fails" "" "dead-letter,mark:dead-letter"
        n60 -> n3 "upload" "" "stores"
        n60 -> n13 "writes" "" "queries"
        n61 -> n16 "fails" "" "dead-letter,mark:dead-letter"
        n61 -> n54 "reads" "" "reads"
        n62 -> n11 "writes" "" "queries"
        n62 -> n17 "fails" "" "dead-letter,mark:dead-letter"
        n63 -> n18 "fails" "" "dead-letter,mark:dead-letter"
        n63 -> n54 "reads" "" "reads"
        n64 -> n12 "writes" "" "queries"
        n64 -> n19 "fails" "" "dead-letter,mark:dead-letter"
        n65 -> n13 "writes" "" "queries"
        n65 -> n20 "fails" "" "dead-letter,mark:dead-letter"
        n66 -> n10 "writes" "" "queries"
        n66 -> n21 "fails" "" "dead-letter,mark:dead-letter"
        n67 -> n12 "queries" "" "queries"
        n67 -> n22 "fails" "" "dead-letter,mark:dead-letter"
        n68 -> n23 "fails" "" "dead-letter,mark:dead-letter"
        n68 -> n52 "reads" "" "reads"
        n68 -> n54 "reads" "" "reads"
        n69 -> n24 "fails" "" "dead-letter,mark:dead-letter"
        n69 -> n52 "reads" "" "reads"
        n69 -> n54 "reads" "" "reads"
    }
    views {
        systemContext app "context" {
            title "shop: data"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: data"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: data: accounts"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: data: catalog"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: data: emails"
            include *
            autoLayout lr
        }
        component s4 "components-s4" {
            title "shop: data: orders"
            include *
            autoLayout lr
        }
        component s5 "components-s5" {
            title "shop: data: payments"
            include *
            autoLayout lr
        }
        component s6 "components-s6" {
            title "shop: data: reports"
            include *
            autoLayout lr
        }
        component s7 "components-s7" {
            title "shop: data: shipping"
            include *
            autoLayout lr
        }
        component s8 "components-s8" {
            title "shop: data: shared"
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
            relationship "mark:dead-letter" {
                style Dashed
            }
        }
    }
}
