#include "job/common_keys.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <map>
#include <utility>

namespace ulak::job {
namespace {

using namespace std::chrono_literals;
using yaml::optional;
using yaml::required;
using yaml::shape_ptr;

/// With a shorter interval the daemon would be busy starting runs.
constexpr std::chrono::milliseconds shortest_interval = 1s;
constexpr std::int64_t most_runs_at_once = 100;

shape_ptr at_least(const shape_ptr& value, std::chrono::milliseconds least)
{
    auto made = *value;
    made.least = least.count();
    return std::make_shared<const yaml::shape>(std::move(made));
}

/// A constant for editors; another version in a file is reported by `decode`, with a code of its own.
shape_ptr version_keys()
{
    yaml::shape made;
    made.value_type = yaml::type::integer;
    made.doc = "The version of the file format.";
    made.example = "1";
    made.choices = {"1"};
    return std::make_shared<const yaml::shape>(std::move(made));
}

shape_ptr schedule_keys()
{
    return yaml::record(
        "When the job runs by itself; without it, on demand only. Exactly one of cron, every and at.",
        {optional("cron",
                  yaml::text("Minute, hour, day of month, month, weekday, or @hourly @daily @weekly @monthly @yearly.",
                             "0 9 * * mon-fri")),
         optional("every", at_least(yaml::duration("The time between two firings, counted from the last one.", "15m"),
                                    shortest_interval)),
         optional("at", yaml::text("One date and time, in the zone or with an offset.", "2026-12-01 09:00")),
         optional("time_zone",
                  yaml::text("The zone of cron and at; the one of ulak.yaml if it is left out.", "Europe/Istanbul")),
         optional(
             "jitter",
             yaml::duration("Each firing is delayed by up to this, always by the same for the same firing.", "30s")),
         optional("missed",
                  yaml::choice("What becomes of firings that were missed while the daemon or the machine was stopped.",
                               {"skip", "run-once", "run-all"}),
                  "run-once"),
         optional("max_late", yaml::duration("A firing that is later than this is dropped.", "10m")),
         optional("overlap",
                  yaml::choice("What becomes of a firing while the run before it goes on.",
                               {"skip", "queue", "cancel-previous"}),
                  "skip")});
}

shape_ptr parameter_keys()
{
    auto one = yaml::record(
        "One parameter.",
        {optional("type", yaml::choice("What the value must be.", {"string", "integer", "url", "phone"}), "string"),
         optional("required", yaml::boolean("A run without it is refused."), "false"),
         optional("default", yaml::text("The value of a run that gives none.")),
         optional("min", yaml::integer("Least value of an integer, least letters of a string.", INT64_MIN, INT64_MAX)),
         optional("max",
                  yaml::integer("Greatest value of an integer, most letters of a string.", INT64_MIN, INT64_MAX))});
    return yaml::map("What a run may be given, for templates: ${name}.", one);
}

shape_ptr budget_keys()
{
    return yaml::record("What may be spent; at the limit nothing new is bought.",
                        {optional("run", yaml::amount("By one run.", "50 TRY")),
                         optional("day", yaml::amount("By all runs of this job in a day.", "200 TRY"))});
}

shape_ptr notify_keys(const shape_ptr& moment)
{
    auto rule = yaml::record("One rule.", {required("when", yaml::list("The moments to tell of.", moment, 1)),
                                           required("to", yaml::text("A channel of ulak.yaml.", "ops"))});
    return yaml::list("Who is told of what.", rule);
}

std::vector<yaml::key> common_key_list(const shape_ptr& kind, const shape_ptr& moment)
{
    return {required("version", version_keys()),
            required("kind", kind),
            optional("description", yaml::text("One line for lists.")),
            optional("enabled", yaml::boolean("false: the job takes no runs, neither by its schedule nor by hand."),
                     "true"),
            optional("params", parameter_keys()),
            optional("schedule", schedule_keys()),
            optional("budget", budget_keys()),
            optional("concurrency", yaml::integer("Runs of this job at once.", 1, most_runs_at_once), "1"),
            optional("notify", notify_keys(moment))};
}

shape_ptr make_kind_shape(const kind_definition& kind)
{
    assert(kind.keys && kind.keys->value_type == yaml::type::record);
    auto moments = common_moments();
    moments.insert(moments.end(), kind.moments.begin(), kind.moments.end());
    auto keys =
        common_key_list(yaml::choice("What the job does.", {kind.name}), yaml::choice("A moment of a run.", moments));
    if (kind.spends)
        std::ranges::find(keys, "budget", &yaml::key::name)->required = true;
    for (const auto& own : kind.keys->keys) {
        assert(std::ranges::find(keys, own.name, &yaml::key::name) == keys.end());
        keys.push_back(own);
    }
    return yaml::record(kind.keys->doc, std::move(keys));
}

} // namespace

std::vector<std::string> common_moments()
{
    return {"started", "done", "failed", "attention", "missed"};
}

shape_ptr common_keys()
{
    return yaml::record("A job.", common_key_list(yaml::text("What the job does.", "sms.send"),
                                                  yaml::text("A moment of a run.", "failed")));
}

shape_ptr keys_of(const kind_definition& kind)
{
    // Ten thousand files of four kinds share four tables.
    static std::map<std::pair<shape_ptr, std::string>, shape_ptr> known;
    auto& made = known[{kind.keys, kind.name}];
    if (!made)
        made = make_kind_shape(kind);
    return made;
}

} // namespace ulak::job
