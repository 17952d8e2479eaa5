// What stands of a policy action on a day: the rule of `rare_earths.policy_in_force` (standing.py), which the tests compare
// with this one. Days are ISO texts, so that they compare as texts; a date may be known to the month or the year only.
(function () {
  "use strict";

  const OVER = new Set(["ended", "superseded", "completed", "cancelled"]);
  const NOT_IN_EFFECT = new Set(["announced", "proposed", "unclear"]);

  const firstDay = (text) => (text + "-01-01".slice(text.length - 4)).slice(0, 10);

  function lastDay(text) {
    if (text.length === 10) return text;
    if (text.length === 4) return `${text}-12-31`;
    const [year, month] = text.split("-").map(Number);
    return `${text}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;
  }

  /** "ended", "unclear" where the end is not known to the day, or nothing while it runs. */
  function end({ ended_on: ended, action_status: status, status_as_of: known, superseded_on: superseded }, day) {
    if (ended) {
      if (day > lastDay(ended)) return !OVER.has(status) && lastDay(ended) > lastDay(known) ? "unclear" : "ended";
      return ended.length < 10 && day >= firstDay(ended) ? "unclear" : "";
    }
    if (status === "completed") return "ended";
    if (!OVER.has(status)) return "";
    if (superseded) {
      if (day >= lastDay(superseded)) return "ended";
      return day >= firstDay(superseded) ? "unclear" : "";
    }
    return day >= lastDay(known) ? "ended" : "unclear";
  }

  /** "suspended", "unclear" where it cannot be told, or nothing. */
  function pause({ suspended_from: from, suspended_until: until, action_status: status, status_as_of: known }, day) {
    if (!from || day < firstDay(from)) return "";
    if (day < lastDay(from)) return "unclear";
    if (until && day > lastDay(until)) return status !== "suspended" && firstDay(known) > lastDay(until) ? "" : "unclear";
    return "suspended";
  }

  /** "none" before the start, "unclear" where the start is not known to the day, or nothing. */
  function start({ effective_on: effective, announced_on: announced, action_status: status, status_as_of: known }, day) {
    if (effective) {
      if (day < firstDay(effective)) return "none";
      return day < lastDay(effective) ? "unclear" : "";
    }
    if (status !== "in_force" || day < firstDay(announced ?? known)) return "none";
    return day >= lastDay(known) ? "" : "unclear";
  }

  /** What did not apply is told apart for readers; the library leaves it out. */
  function absent(action, day, otherwise) {
    const begins = action.effective_on ?? action.announced_on;
    return { state: begins && day < firstDay(begins) ? "not_yet" : otherwise, certain: true };
  }

  /**
   * State of an action on a day: in_force, suspended, unclear, ended, not_yet or no_start (none is known).
   * `certain` is false where the day lies after the newest evidence, so that the state is the last one known.
   */
  function standing(action, day) {
    const over = end(action, day);
    if (over === "ended") return absent(action, day, "ended");
    const known = day <= firstDay(action.status_as_of);
    const paused = pause(action, day);
    if (paused) return { state: paused, certain: paused === "suspended" && known };
    const begun = start(action, day);
    if (begun === "none") return absent(action, day, "no_start");
    if (begun || over || NOT_IN_EFFECT.has(action.action_status)) return { state: "unclear", certain: false };
    return { state: "in_force", certain: Boolean(OVER.has(action.action_status) && action.ended_on) || known };
  }

  window.rareEarthsStanding = standing;
})();
