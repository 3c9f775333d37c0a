"""Names of actions, for people; an action that has none shows its code."""

ACTIONS = {
    "region.load": "装入行政区划",
    "region.create": "新增区划",
    "region.change": "改区划",
    "organization.load": "建立总工会",
    "organization.create": "登记单位",
    "organization.change": "改单位资料",
    "organization.close": "停用单位",
    "organization.reopen": "重新启用单位",
    "organization.import": "导入单位",
    "user.create": "开通账号",
    "user.change": "改账号",
    "user.disable": "停用账号",
    "user.enable": "启用账号",
    "user.password": "自己改密码",
    "user.password_reset": "重置密码",
}
