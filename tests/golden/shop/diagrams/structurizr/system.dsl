workspace "shop: the system" "collapsed services show only what goes between them: 72 nodes are more than 60" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            n1 = container "accounts" "1 cron, 1 database, 6 endpoints, 1 secret, 2 topics · (collapsed)" "service" "service,mark:collapsed"
            n2 = container "catalog" "1 bucket, 1 database, 8 endpoints, 1 topic · (collapsed)" "service" "service,mark:collapsed"
            n3 = container "emails" "1 secret, 4 subscriptions · (collapsed)" "service" "service,mark:collapsed"
            n4 = container "orders" "1 cron, 1 database, 6 endpoints, 1 subscription, 2 topics · (collapsed)" "service" "service,mark:collapsed"
            n5 = container "payments" "1 database, 1 endpoint, 1 secret, 2 subscriptions, 2 topics · (collapsed)" "service" "service,mark:collapsed"
            n6 = container "reports" "1 bucket, 1 cron, 1 database, 3 endpoints, 3 subscriptions · (collapsed)" "service" "service,mark:collapsed"
            n7 = container "shipping" "1 bucket, 1 database, 3 endpoints, 2 subscriptions, 1 topic · (collapsed)" "service" "service,mark:collapsed"
            n8 = container "shared" "1 database, 1 secret, 1 topic · (collapsed, unowned)" "shared" "shared,mark:collapsed,mark:unowned"
        }
        n1 -> n3 "delivers ×2" "" "delivers"
        n1 -> n8 "publishes ×2, reads" "" "several"
        n2 -> n6 "delivers" "" "delivers"
        n2 -> n8 "publishes" "" "publishes"
        n3 -> n1 "calls ×2" "" "calls"
        n3 -> n8 "reads ×2" "" "reads"
        n4 -> n2 "calls" "" "calls"
        n4 -> n3 "delivers ×2" "" "delivers"
        n4 -> n5 "delivers" "" "delivers"
        n4 -> n7 "delivers" "" "delivers"
        n4 -> n8 "publishes, writes" "" "several"
        n5 -> n4 "delivers" "" "delivers"
        n5 -> n8 "writes" "" "queries"
        n6 -> n2 "reads" "" "queries"
        n7 -> n6 "delivers" "" "delivers"
        n8 -> n6 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "shop: the system"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "shop: the system"
            include *
            autoLayout lr
        }
        styles {
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
        }
    }
}
