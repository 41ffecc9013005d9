#include "kinds/smm_order/order_job.hpp"

#include "core/json_text.hpp"
#include "http/auth.hpp"
#include "kinds/smm_order/checked_order.hpp"
#include "kinds/smm_order/smm_run.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::kinds::smm {

using ledger::run_state;

namespace {

error account_is_gone(const std::string& name)
{
    return error(errc::not_found, "the account " + name + " is gone from ulak.yaml");
}

boost::json::object plan_json(const checked_order& checked)
{
    boost::json::object plan;
    plan["service"] = checked.order.service;
    plan["name"] = checked.name;
    plan["link"] = checked.order.link;
    plan["quantity"] = checked.order.quantity > 0 ? checked.order.quantity : checked.total_quantity;
    plan["rate"] = ulak::json_of(checked.rate);
    plan["cost"] = ulak::json_of(checked.cost);
    plan["digest"] = http::sha256_hex(boost::json::serialize(plan));
    return plan;
}

} // namespace

task<ending> order_job::run(run_context& c) const
{
    auto progress = progress_from(c.run().progress);
    if (!progress)
        co_return ending(run_state::attention, progress.error());
    auto account = c.account(settings_.account);
    if (!account || !account->panel)
        co_return ending(progress->order.empty() ? run_state::failed : run_state::attention,
                         account_is_gone(settings_.account));
    smm_run run(c, settings_, std::move(account), std::move(*progress));
    co_return co_await run.execute();
}

task<result<boost::json::object>> order_job::plan(run_context& c) const
{
    const auto account = c.account(settings_.account);
    if (!account || !account->panel)
        co_return account_is_gone(settings_.account);
    auto order = render_order(settings_, c.params());
    if (!order)
        co_return order.error();
    auto offered = co_await account->panel->services(c.clock().now() + account->read_timeout);
    if (!offered)
        co_return offered.error();
    auto checked = check_order(settings_, std::move(*order), *offered);
    if (!checked)
        co_return checked.error();
    co_return plan_json(*checked);
}

} // namespace ulak::kinds::smm
