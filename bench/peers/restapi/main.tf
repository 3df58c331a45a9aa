# Keys as a user of Mastercard/restapi would declare them. The vendor has no get-one route, so that each key is looked
# for in the list, and by its name, for the search knows of no other value before the key exists.
terraform {
  required_providers {
    restapi = { source = "Mastercard/restapi" }
  }
}

variable "keys" { type = number }
variable "generation" { type = string }
variable "url" { type = string }
variable "token" {
  type      = string
  sensitive = true
}
variable "organization" { type = string }
variable "expires_at" { type = string }

provider "restapi" {
  uri                   = var.url
  id_attribute          = "id"
  create_returns_object = true
  headers = {
    Authorization  = "Bearer ${var.token}"
    "Content-Type" = "application/json"
  }
}

resource "terraform_data" "generation" {
  input = var.generation
}

resource "restapi_object" "key" {
  count     = var.keys
  path      = "/api/admin/api-keys"
  read_path = "/api/admin/api-keys"
  read_search = {
    search_key   = "name"
    search_value = "pipeline-${count.index}"
  }
  data = jsonencode({
    name                  = "pipeline-${count.index}"
    permissions           = ["conversations:read", "knowledge:search", "organizations:read"]
    rate_limit_per_minute = 120
    allowed_ips           = ["203.0.113.0/24"]
    organization_id       = var.organization
    expires_at            = var.expires_at
  })

  lifecycle {
    create_before_destroy = true
    replace_triggered_by  = [terraform_data.generation]
  }
}
