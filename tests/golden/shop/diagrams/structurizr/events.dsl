workspace "shop: events" "" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "orders" "" "service" "service" {
                n1 = component "expire-unpaid" "orders · every 15 min" "cron" "cron"
                n9 = component "mark-paid" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n17 = component "cancel" "orders · POST /orders/{order_id}/cancel" "endpoint" "endpoint"
                n18 = component "expire_unpaid" "orders · POST /orders/expire" "endpoint" "endpoint"
                n19 = component "mark_paid" "orders · POST /orders/paid" "endpoint" "endpoint"
                n20 = component "place" "orders · POST /orders" "endpoint" "endpoint"
                n31 = component "mark-paid (subscription)" "orders · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n37 = component "order-ends" "orders · (fan-out)" "topic" "topic,mark:fan-out"
                n38 = component "orders-placed" "orders · OrderPlaced · (fan-out)" "topic" "topic,mark:fan-out"
            }
            s2 = container "reports" "" "service" "service" {
                n2 = component "keep-activity" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n7 = component "count-arrivals" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n10 = component "keep-price" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n23 = component "keep-activity (subscription)" "reports · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n29 = component "count-arrivals (subscription)" "reports · only by status · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n32 = component "keep-price (subscription)" "reports · (dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s3 = container "payments" "" "service" "service" {
                n3 = component "match-transfer" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n5 = component "request-payment" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n21 = component "card_webhook" "payments · POST /webhooks/cards · (public)" "endpoint" "endpoint,mark:public"
                n24 = component "match-transfer (subscription)" "payments · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n27 = component "request-payment (subscription)" "payments · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n36 = component "bank-transfers" "payments · BankTransfer · (external)" "topic" "topic,mark:external"
                n40 = component "payments-received" "payments · Payment" "topic" "topic"
            }
            s4 = container "emails" "" "service" "service" {
                n4 = component "tell-outcome" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n6 = component "send-vat-invoice" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n11 = component "send-welcome-email" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n12 = component "remind" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n26 = component "tell-outcome (subscription)" "emails · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n28 = component "send-vat-invoice (subscription)" "emails · only by country · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n33 = component "send-welcome-email (subscription)" "emails · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n34 = component "remind (subscription)" "emails · (dead-letter)" "subscription" "subscription,mark:dead-letter"
            }
            s5 = container "shipping" "" "service" "service" {
                n8 = component "keep-status" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n22 = component "report_scan" "shipping · POST /scans · (public)" "endpoint" "endpoint,mark:public"
                n25 = component "pack" "shipping" "subscription" "subscription"
                n30 = component "keep-status (subscription)" "shipping · (dead-letter)" "subscription" "subscription,mark:dead-letter"
                n39 = component "parcel-moves" "shipping · ParcelMoved · (fan-out)" "topic" "topic,mark:fan-out"
            }
            s6 = container "accounts" "" "service" "service" {
                n13 = component "close_account" "accounts · DELETE /me" "endpoint" "endpoint"
                n14 = component "sign_up" "accounts · POST /signup · (public)" "endpoint" "endpoint,mark:public"
                n42 = component "signups" "accounts · Signup" "topic" "topic"
                n43 = component "verification-reminders" "accounts · Reminder" "topic" "topic"
            }
            s7 = container "catalog" "" "service" "service" {
                n15 = component "add_product" "catalog · POST /products" "endpoint" "endpoint"
                n16 = component "change_price" "catalog · PATCH /products/{product_id}/price" "endpoint" "endpoint"
                n41 = component "price-changes" "catalog · PriceChanged" "topic" "topic"
            }
            s8 = container "shared" "" "shared" "shared" {
                n35 = component "activities" "Activity · (unowned)" "topic" "topic,mark:unowned"
            }
        }
        n1 -> n37 "publishes" "" "publishes"
        n13 -> n35 "publishes" "" "publishes"
        n14 -> n35 "publishes" "" "publishes"
        n14 -> n42 "publishes" "" "publishes"
        n14 -> n43 "publishes" "" "publishes"
        n15 -> n35 "publishes" "" "publishes"
        n16 -> n41 "publishes" "" "publishes"
        n17 -> n37 "publishes" "" "publishes"
        n18 -> n37 "publishes" "" "publishes"
        n19 -> n37 "publishes" "" "publishes"
        n20 -> n35 "publishes" "" "publishes"
        n20 -> n38 "publishes" "" "publishes"
        n21 -> n40 "publishes" "" "publishes"
        n22 -> n39 "publishes" "" "publishes"
        n23 -> n2 "fails" "" "dead-letter,mark:dead-letter"
        n24 -> n3 "fails" "" "dead-letter,mark:dead-letter"
        n24 -> n40 "publishes" "" "publishes"
        n25 -> n39 "publishes" "" "publishes"
        n26 -> n4 "fails" "" "dead-letter,mark:dead-letter"
        n27 -> n5 "fails" "" "dead-letter,mark:dead-letter"
        n28 -> n6 "fails" "" "dead-letter,mark:dead-letter"
        n29 -> n7 "fails" "" "dead-letter,mark:dead-letter"
        n30 -> n8 "fails" "" "dead-letter,mark:dead-letter"
        n31 -> n9 "fails" "" "dead-letter,mark:dead-letter"
        n31 -> n37 "publishes" "" "publishes"
        n32 -> n10 "fails" "" "dead-letter,mark:dead-letter"
        n33 -> n11 "fails" "" "dead-letter,mark:dead-letter"
        n34 -> n12 "fails" "" "dead-letter,mark:dead-letter"
        n35 -> n23 "delivers" "" "delivers"
        n36 -> n24 "delivers" "" "delivers"
        n37 -> n25 "delivers" "" "delivers"
        n37 -> n26 "delivers" "" "delivers"
        n38 -> n27 "delivers" "" "delivers"
        n38 -> n28 "delivers" "" "delivers"
        n39 -> n29 "delivers" "" "delivers"
        n39 -> n30 "delivers" "" "delivers"
        n40 -> n31 "delivers" "" "delivers"
        n41 -> n32 "delivers" "" "delivers"
        n42 -> n33 "delivers" "" "delivers"
        n43 -> n34 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: events"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: events"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "shop: events: orders"
            include *
            autoLayout lr
        }
        component s2 "components-s2" {
            title "shop: events: reports"
            include *
            autoLayout lr
        }
        component s3 "components-s3" {
            title "shop: events: payments"
            include *
            autoLayout lr
        }
        component s4 "components-s4" {
            title "shop: events: emails"
            include *
            autoLayout lr
        }
        component s5 "components-s5" {
            title "shop: events: shipping"
            include *
            autoLayout lr
        }
        component s6 "components-s6" {
            title "shop: events: accounts"
            include *
            autoLayout lr
        }
        component s7 "components-s7" {
            title "shop: events: catalog"
            include *
            autoLayout lr
        }
        component s8 "components-s8" {
            title "shop: events: shared"
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
