"""Faults in the tables of policy, quotas, prices, statistics and claims: each rule is seen to fail."""

from tests.faults.fault import Fault, at

NO_18 = at(action_id="CHN-2025-MOFCOM18")
NO_61 = at(action_id="CHN-2025-MOFCOM61")
PRECISIONS = ("announced_on", "effective_on", "status_as_of")
NEODYMIUM = at(source_id="usgs-mcs-2026-v1.0", material="nd-oxide-99.5-min", year="2021")
SCANDIUM = at(source_id="usgs-mcs-2026-v1.0", material="sc-oxide-99.99-lot-5-100", year="2021")
EMPLOYED = at(source_id="usgs-mcs-2026-v1.0", series="Employment, mine and mill, annual average, number", year="2021")
MINING_2023 = at(area="CHN", year="2023", quota_type="mining", batch="year", rare_earth_class="total")

FAULTS = [
    Fault("foreign-key", "policy_actions", "subtype", NO_18, {"subtype": "export_quota"}),
    *(
        Fault(f"precision-of-{column.replace('_', '-')}", "policy_actions", column, NO_61, {f"{column}_precision": "year"})
        for column in PRECISIONS
    ),
    Fault(
        "precision-of-ended-on",
        "policy_actions",
        "ended_on",
        at(action_id="CHN-2025-MOFCOM70"),
        {"ended_on": "2026-02-30"},
        frozenset({"date"}),
    ),
    Fault("precision-of-suspended-from", "policy_actions", "suspended_from", NO_61, {"suspended_from_precision": ""}),
    Fault("precision-of-suspended-until", "policy_actions", "suspended_until", NO_61, {"suspended_until": "2026-11"}),
    Fault("effective-after-announcement", "policy_actions", "effective_on", NO_18, {"effective_on": "2025-04-03"}),
    Fault("effective-after-announcement", "policy_actions", "effective_on", NO_18, {"retroactive": "true"}),
    Fault("ends-after-start", "policy_actions", "ended_on", at(action_id="CHN-2025-MOFCOM70"), {"ended_on": "2025-11-06"}),
    Fault(
        "suspended-has-suspension",
        "policy_actions",
        "suspended_from",
        at(action_id="CHN-2025-MOFCOM13"),
        {"suspended_from": "", "suspended_from_precision": ""},
    ),
    Fault("suspension-in-order", "policy_actions", "suspended_until", NO_61, {"suspended_until": "2025-11-06"}),
    Fault("elements-fit-scope", "policy_actions", "elements", NO_18, {"elements_scope": "all"}),
    Fault("elements-fit-scope", "policy_actions", "elements", NO_18, {"elements": ""}),
    Fault("targets-known", "policy_actions", "targets", NO_18, {"targets": "CHN; ZZZ"}),
    Fault("targets-known", "policy_actions", "targets", NO_18, {"targets": "JPN; JPN"}),
    Fault("official-is-seen", "policy_actions", "confidence", at(action_id="CHN-2025-MOFCOM55"), {"confidence": "official"}),
    Fault("best-is-cited", "policy_actions", "source_id", NO_18, {"source_id": "mofcom-2025-57"}),
    Fault(
        "tracker-is-rechecked",
        "policy_citations",
        "recheck",
        at(action_id="CHN-2025-MOFCOM18", source_id="gta-144320"),
        {"recheck": "false"},
    ),
    Fault(
        "grade-fits-copy",
        "policy_citations",
        "grade",
        at(action_id="CHN-2025-MOFCOM18", source_id="gta-144320"),
        {"grade": "A"},
    ),
    Fault("enum", "policy_amounts", "kind", at(action_id="USA-2021-DOE-28M"), {"kind": "promised"}),
    Fault("required", "policy_amounts", "kind", at(action_id="USA-2021-DOE-28M"), {"kind": ""}),
    Fault("required", "policy_amounts", "currency", at(action_id="USA-2021-DOE-28M"), {"currency": ""}),
    Fault("rates-have-units", "policy_amounts", "per_unit", at(action_id="MMR-2024-KIA-TAX"), {"per_unit": ""}),
    Fault(
        "two-actions",
        "policy_relations",
        "target_action_id",
        at(action_id="CHN-2025-MOFCOM70", relation="suspends", target_action_id="CHN-2025-MOFCOM58"),
        {"target_action_id": "CHN-2025-MOFCOM70"},
        frozenset({"suspension-shows"}),
    ),
    Fault(
        "supersedes-no-cycle",
        "policy_relations",
        "action_id",
        at(action_id="EUU-2014-CRM-LIST", target_action_id="EUU-2011-CRM-LIST"),
        {"target_action_id": "EUU-2020-CRM-LIST"},
        # A cycle shows on each of its rows.
        spread=3,
    ),
    Fault(
        "suspension-shows",
        "policy_relations",
        "target_action_id",
        at(action_id="CHN-2025-MOFCOM70", relation="suspends", target_action_id="CHN-2025-MOFCOM55"),
        {"target_action_id": "CHN-2025-MOFCOM18"},
    ),
    Fault("one-figure-or-reason", "quotas", "quantity_t_reo", MINING_2023, {"quantity_t": "255000"}),
    Fault("one-figure-or-reason", "quotas", "quantity_t_reo", MINING_2023, {"quantity_t_reo": ""}),
    Fault("year-is-cumulative", "quotas", "cumulative_year_to_date", MINING_2023, {"cumulative_year_to_date": "false"}),
    Fault("announced-in-time", "quotas", "announced_on", MINING_2023, {"announced_on": "2024-01-02"}),
    Fault(
        "chosen-is-reported",
        "quotas_yearly",
        "source_id",
        at(year="2023", quota_type="mining"),
        {"quantity_t_reo": "254000"},
        frozenset({"within-candidates"}),
    ),
    Fault("within-candidates", "quotas_yearly", "lowest_t", at(year="2023", quota_type="mining"), {"lowest_t": "255001"}),
    Fault("batches-add-up", "quotas_yearly", "gap_t", at(year="2023", quota_type="mining"), {"gap_t": "15000"}),
    Fault("price-or-reason", "prices", "price", SCANDIUM, {"price": "950"}),
    Fault("price-or-reason", "prices", "price", NEODYMIUM, {"price": ""}),
    Fault("price-in-order", "prices", "price_low", SCANDIUM, {"price_high": "889"}),
    Fault("price-in-order", "prices", "price_low", SCANDIUM, {"price": "1001"}, frozenset({"price-or-reason"})),
    Fault("price-as-printed", "prices", "price", NEODYMIUM, {"price": "89"}),
    Fault("foreign-key", "prices", "material", NEODYMIUM, {"material": "nd-oxide-99.5-minimum"}),
    Fault("value-or-reason", "us_salient_statistics", "value", EMPLOYED, {"value_qualifier": "net_exporter"}),
    Fault(
        "value-in-order",
        "us_salient_statistics",
        "value_low",
        EMPLOYED,
        {"value_low": "300", "value_high": "200"},
        frozenset({"value-or-reason"}),
    ),
    Fault("value-as-printed", "us_salient_statistics", "value", EMPLOYED, {"value": "294"}),
    Fault("purity-is-told", "materials", "purity_is_minimum", at(material="nd-oxide-99.5"), {"purity_is_minimum": ""}),
    Fault("is-checked", "claims", "claim_id", at(claim_id="zhitong-2025-10-23-23"), {"claim_id": "zhitong-2025-10-23-24"}),
    Fault("value-has-unit", "claims", "unit", at(claim_id="sohu-2025-10-28-03"), {"unit": ""}),
    Fault(
        "outdated-names-vintage",
        "claim_checks",
        "true_in_source_id",
        at(claim_id="sohu-2025-10-28-03"),
        {"true_in_source_id": ""},
    ),
    Fault("verdict-has-rows", "claim_checks", "rows_used", at(claim_id="sohu-2025-10-28-03"), {"rows_used": ""}),
    Fault("figure-has-source", "claim_checks", "official_value", at(claim_id="sohu-2025-10-28-03"), {"source_id": ""}),
]
