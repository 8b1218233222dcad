from infragraph import Bucket, Secret, Service

media = Service("media")
pictures = Bucket("pictures", public=True)
thumbnails = Bucket("thumbnails")
early = Secret("EARLY_KEY")
classy = Secret("CLASS_KEY")
default = Secret("DEFAULT_KEY")
threaded = Secret("THREADED_KEY")
