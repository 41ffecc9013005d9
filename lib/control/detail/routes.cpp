#include "control/detail/routes.hpp"

#include "control/detail/accounts.hpp"
#include "control/detail/attention.hpp"
#include "control/detail/config_files.hpp"
#include "control/detail/feed.hpp"
#include "control/detail/firings.hpp"
#include "control/detail/jobs.hpp"
#include "control/detail/metrics.hpp"
#include "control/detail/openapi.hpp"
#include "control/detail/otp.hpp"
#include "control/detail/public_answers.hpp"
#include "control/detail/run_details.hpp"
#include "control/detail/runs.hpp"
#include "control/detail/spend.hpp"
#include "control/detail/status.hpp"
#include "control/detail/suppressions.hpp"
#include "control/detail/upkeep.hpp"
#include "core/text.hpp"

namespace ulak::control {

namespace {

constexpr route table[] = {
    {"GET", "/v1/", access_level::view, get_index,
     "every route with a line of help; the `next` of a list is the `after` (of runs the `before`) of its next page", "",
     public_answers::index},
    {"GET", "/v1/status", access_level::view, get_status,
     "version, uptime, accounts, running, the next five firings, attention", "", public_answers::status},
    {"GET", "/v1/health", access_level::view, get_health,
     "200 and the status while the daemon can do its work, else 503", "", public_answers::status},
    {"POST", "/v1/adopt", access_level::operate, post_adopt,
     "a state folder that was copied or put back is this daemon's own from now on"},
    {"POST", "/v1/clock/confirm", access_level::operate, post_clock_confirm,
     "the machine's clock, which had jumped, is right; what waited goes on"},
    {"GET", "/v1/jobs", access_level::view, get_jobs,
     "all jobs, broken ones with their problems; ?limit=&after=", "limit,after", public_answers::jobs},
    {"GET", "/v1/jobs/{job}", access_level::view, get_job, "one job", "", public_answers::job},
    {"POST", "/v1/jobs/{job}/runs", access_level::operate, post_run,
     "start a run; body {\"params\":{}}, to go on with an earlier one {\"only\":\"failed\"|\"rejected\"|\"unsent\","
     "\"of\":RUN}, header Idempotency-Key, ?wait=30s; 201 finished, 202 under way",
     "wait"},
    {"POST", "/v1/otp", access_level::operate, post_otp,
     "a one-time code without a job file; body {\"account\",\"service\"} and, if wanted, operator, max_price, wait, "
     "length; within `otp` of ulak.yaml, paused as job otp-by-hand",
     "wait"},
    {"POST", "/v1/jobs/{job}/plan", access_level::operate, post_plan, "what a run would do; sends nothing"},
    {"GET", "/v1/jobs/{job}/next", access_level::view, get_next,
     "coming firings and the last ones that were dropped, with reasons; ?n=5&from=TIME", "n,from",
     public_answers::firings},
    {"POST", "/v1/jobs/{job}/pause", access_level::operate, post_pause, "no new runs until resume"},
    {"POST", "/v1/jobs/{job}/resume", access_level::operate, post_resume, "the opposite of pause"},
    {"GET", "/v1/next", access_level::view, get_all_next, "coming firings of all jobs; ?n=5&from=TIME", "n,from",
     public_answers::firings},
    {"GET", "/v1/runs", access_level::view, get_runs,
     "runs, newest first; ?job=&state=&limit=&before=", "job,state,limit,before", public_answers::runs},
    {"GET", "/v1/runs/{id}", access_level::view, get_run, "one run; ?wait=30s waits for its end", "wait",
     public_answers::run},
    {"GET", "/v1/runs/{id}/items", access_level::view, get_items,
     "its recipients; ?state=&limit=&after=", "state,limit,after", public_answers::items},
    {"GET", "/v1/runs/{id}/effects", access_level::view, get_effects,
     "its calls that cost, oldest first, with what became of each; ?limit=&after=", "limit,after",
     public_answers::effects},
    {"POST", "/v1/runs/{id}/cancel", access_level::operate, post_cancel, "end a run gracefully: numbers are given back",
     "wait"},
    {"POST", "/v1/runs/{id}/pause", access_level::operate, post_run_pause,
     "hold a run: nothing more is sent until it is resumed"},
    {"POST", "/v1/runs/{id}/resume", access_level::operate, post_run_resume, "let a run that is held go on"},
    {"GET", "/v1/attention", access_level::view, get_attention,
     "what only a person can settle; ?all=1 with the settled; ?limit=&after=", "all,limit,after",
     public_answers::attention},
    {"POST", "/v1/attention/{id}/resolve", access_level::operate, post_resolve,
     "body {\"outcome\":\"done\"|\"not-done\"|\"write-off\"}"},
    {"GET", "/v1/accounts", access_level::view, get_accounts, "accounts, what they can do and their last balance", "",
     public_answers::accounts},
    {"GET", "/v1/accounts/{a}/balance", access_level::operate, get_balance, "ask the provider now"},
    {"GET", "/v1/accounts/{a}/services", access_level::operate, get_services, "the provider's services and prices"},
    {"POST", "/v1/accounts/{a}/adopt", access_level::operate, post_account_adopt,
     "an account whose site or login changed is the wallet that it was; what waits for it goes on"},
    {"GET", "/v1/suppressions", access_level::view, get_suppressions,
     "the opt-out list; ?limit=&after=; ?phone=5551112233 asks for one", "limit,after,phone",
     public_answers::suppressions},
    {"POST", "/v1/suppressions", access_level::operate, post_suppressions,
     "add {\"phone\":\"5551112233\",\"reason\":\"…\"}, {\"phones\":[…]}, or what a provider lists, {\"from\":ACCOUNT}"},
    {"DELETE", "/v1/suppressions", access_level::operate, delete_suppressions,
     "remove ?phone=5551112233, or the body's {\"phone\":…} or {\"phones\":[…]}", "phone"},
    {"DELETE", "/v1/suppressions/{phone}", access_level::operate, delete_suppressions, "remove one number"},
    {"GET", "/v1/spend", access_level::view, get_spend,
     "what was spent; ?by=job|account|day&limit=&after=", "by,limit,after", public_answers::spend},
    {"GET", "/v1/events", access_level::view, get_events,
     "NDJSON; ?after=SEQ&follow=1, an empty line every 15 s; a feed.cut line says where to resume", "after,follow",
     public_answers::event},
    {"GET", "/v1/schema/job", access_level::view, get_job_schema, "JSON Schema of job files", "",
     public_answers::schema},
    {"GET", "/v1/schema/config", access_level::view, get_config_schema, "JSON Schema of ulak.yaml", "",
     public_answers::schema},
    {"GET", "/v1/openapi.json", access_level::view, get_openapi, "this table as an OpenAPI 3.1 document", "",
     public_answers::openapi},
    {"POST", "/v1/reload", access_level::operate, post_reload,
     "read ulak.yaml and the jobs anew; ?dry_run=1 only says what would change", "dry_run"},
    {"POST", "/v1/channels/{channel}/test", access_level::operate, post_channel_test,
     "send one notice to a channel; one that costs is only looked at"},
    {"POST", "/v1/backup", access_level::operate, post_backup,
     "copy the store into a new file while it is in use; body {\"file\":\"/var/lib/ulak/backup.db\"}"},
    {"POST", "/v1/verify", access_level::operate, post_verify,
     "check the whole store beside the work, and count its totals again"},
    {"GET", "/metrics", access_level::metrics, get_metrics, "Prometheus text format"},
};

/// Fills `names` and says yes when the path has the pattern's form.
bool matches_pattern(std::string_view pattern, std::string_view path,
                     std::map<std::string, std::string, std::less<>>& names)
{
    const auto want = split(pattern, '/');
    const auto have = split(path, '/');
    if (want.size() != have.size())
        return false;
    for (std::size_t i = 0; i < want.size(); ++i) {
        if (want[i].starts_with('{') && !have[i].empty())
            names.insert_or_assign(std::string(want[i].substr(1, want[i].size() - 2)), std::string(have[i]));
        else if (want[i] != have[i])
            return false;
    }
    return true;
}

} // namespace

std::span<const route> routes()
{
    return table;
}

route_match match_route(std::string_view verb, std::string_view path)
{
    route_match found;
    const std::string_view whole = path == "/v1" ? "/v1/" : path;
    const std::string_view wanted = verb == "HEAD" ? "GET" : verb; // the server leaves the body out
    for (const route& r : table) {
        std::map<std::string, std::string, std::less<>> names;
        if (!matches_pattern(r.pattern, whole, names))
            continue;
        append_joined(found.allowed_methods, ", ", r.method == "GET" ? "GET, HEAD" : r.method);
        if (r.method == wanted && !found.target) {
            found.target = &r;
            found.path_params = std::move(names);
        }
    }
    return found;
}

} // namespace ulak::control
