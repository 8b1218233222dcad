workspace "minimal: data" "there is nothing to show" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
        }
    }
    views {
        systemContext app "context" {
            title "minimal: data"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "minimal: data"
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
