workspace "minimal: the system" "" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "greeter" "greeter" "service" "service" {
                n1 = component "hello" "POST /hello/{name} · (public)" "endpoint" "endpoint,mark:public"
                n2 = component "write-down" "(dead-letter)" "subscription" "subscription,mark:dead-letter"
                n3 = component "greetings" "Greeting" "topic" "topic"
            }
        }
        n1 -> n3 "publishes" "" "publishes"
        n3 -> n2 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "minimal: the system"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "minimal: the system"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "minimal: the system: greeter"
            include *
            autoLayout lr
        }
        styles {
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
        }
    }
}
