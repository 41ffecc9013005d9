#include "kinds/otp_acquire/acquire_job.hpp"

#include "core/json_text.hpp"
#include "http/auth.hpp"
#include "kinds/otp_acquire/offers.hpp"
#include "kinds/otp_acquire/otp_run.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace ulak::kinds::otp {

namespace json = boost::json;

task<ending> acquire_job::run(run_context& c) const
{
    auto p = progress_from(c.run().progress);
    if (!p)
        co_return ending(ledger::run_state::attention, p.error());
    otp_run run(c, settings_, std::move(*p));
    co_return co_await run.execute();
}

task<result<json::object>> acquire_job::plan(run_context& c) const
{
    const auto offers = co_await read_offers(c, settings_, 0);
    json::array candidates;
    std::optional<money> cost;
    for (const offer& o : offers) {
        candidates.push_back(to_json(o, settings_));
        if (!cost && o.refusal.empty())
            cost = o.price;
    }
    json::object plan;
    plan["candidates"] = std::move(candidates);
    plan["attempts"] = settings_.attempts;
    plan["cost"] = json_of(cost);
    plan["digest"] = http::sha256_hex(json::serialize(plan));
    co_return plan;
}

} // namespace ulak::kinds::otp
