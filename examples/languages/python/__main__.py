import pulumi
import pulumi_apikeys as apikeys

config = pulumi.Config()

ci = apikeys.xentree.ApiKey(
    "ci",
    permissions=["chat:read"],
    expires_in="90d",
    rotation={
        "every": "30d",
        "overlap": "7d",
        "triggers": {"reason": config.require("reason")},
    },
)

billing = apikeys.applications.ApiKey(
    "billing",
    application_id=config.require("applicationId"),
    permissions=["invoices:read"],
)

pulumi.export("ciKeyId", ci.key_id)
pulumi.export("ciKey", ci.value)
pulumi.export("ciFingerprint", ci.fingerprint)
pulumi.export("billingKeyId", billing.key_id)
pulumi.export("billingKey", billing.value)
