from django.urls import path

from .views import ServicePointDays, ServicePointDetail, ServicePointList

app_name = "service_points"
urlpatterns = [
    path("", ServicePointList.as_view(), name="list"),
    path("<slug:slug>/", ServicePointDetail.as_view(), name="detail"),
    path("<slug:slug>/days/", ServicePointDays.as_view(), name="days"),
]
