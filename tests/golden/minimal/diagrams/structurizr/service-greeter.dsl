workspace "minimal: the service greeter" "" {
    model {
        !impliedRelationships true
        app = softwareSystem "app" {
            s1 = container "greeter" "greeter" "service" "service" {
                n1 = component "write-down" "dead letters" "dead-letter" "dead-letter,mark:dead-letter"
                n2 = component "hello" "POST /hello/{name} · (centre, public)" "endpoint" "endpoint,mark:centre,mark:public"
                n3 = component "write-down (subscription)" "(centre, dead-letter)" "subscription" "subscription,mark:centre,mark:dead-letter"
                n4 = component "greetings" "Greeting · (centre)" "topic" "topic,mark:centre"
            }
        }
        n2 -> n4 "publishes" "" "publishes"
        n3 -> n1 "fails" "" "dead-letter,mark:dead-letter"
        n4 -> n3 "delivers" "" "delivers"
    }
    views {
        systemContext app "context" {
            title "minimal: the service greeter"
            include *
            autoLayout lr
        }
        container app "containers" {
            title "minimal: the service greeter"
            include *
            autoLayout lr
        }
        component s1 "components-s1" {
            title "minimal: the service greeter: greeter"
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
