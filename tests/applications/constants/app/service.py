from infragraph import Service

from app.naming import PREFIX

main = Service(PREFIX + "-main")
