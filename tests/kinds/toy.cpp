// A kind built by the recipe for new kinds: definition, prepare, a prepared job, one purchase. It is loaded from a
// file's text through the registry's seam, and run on the manual clock.
#include "kinds/loading.hpp"
#include "kinds/purchase_world.hpp"
#include "kinds/registry.hpp"
#include "kinds/waiting.hpp"

#include <boost/json/serialize.hpp>

#include <array>

BOOST_AUTO_TEST_SUITE(toy_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using ledger::run_state;

// 1. The settings, and what a file may say.
struct toy_settings {
    std::string account{}, service{};
    std::chrono::milliseconds pause{};
};

job::kind_definition toy_definition()
{
    using namespace yaml;
    job::kind_definition d;
    d.name = "toy.buy";
    d.spends = true;
    d.keys =
        record("Waits, then buys one number.", {required("account", text("An account that sells numbers.", "numbers")),
                                                required("service", text("What is bought.", "3")),
                                                optional("pause", duration("Before the purchase.", "1m"), "1m")});
    return d;
}

// 2. The run: from where its progress stands, with one purchase in four stages.
class toy_job : public kinds::prepared_job {
  public:
    explicit toy_job(toy_settings s) : settings_(std::move(s)) {}

    task<kinds::ending> run(kinds::run_context& c) const override
    {
        const auto account = c.account(settings_.account);
        if (!account)
            co_return kinds::ending(run_state::failed, error(errc::not_found, "the account is gone"));
        co_await kinds::sleep_for(c, settings_.pause);
        if (c.stopping())
            co_return kinds::ending::stopped();
        if (c.cancel_requested())
            co_return kinds::ending(run_state::cancelled);
        auto settled = co_await buy(c, account);
        if (!settled)
            co_return kinds::ending(run_state::failed, settled.error());
        if (settled->classified_as == providers::classification::accepted)
            co_return kinds::ending(run_state::succeeded);
        const bool unsure = settled->classified_as == providers::classification::ambiguous;
        co_return kinds::ending(unsure ? run_state::attention : run_state::failed, settled->failure);
    }

    task<result<json::object>> plan(kinds::run_context&) const override
    {
        json::object plan;
        plan["service"] = settings_.service;
        co_return plan;
    }

  private:
    task<result<settlement>> buy(kinds::run_context& c, std::shared_ptr<providers::account> account) const
    {
        kinds::purchase_request request("toy", account, "number.order", lira(8));
        auto reserved = co_await kinds::reserve(c, std::move(request));
        if (!reserved)
            co_return reserved.error();
        auto booked = co_await std::move(*reserved).book(ledger::batch());
        if (!booked)
            co_return booked.error();
        auto call = std::move(*booked).call();
        auto answer = co_await account->numbers->order(settings_.service, "", std::move(call.gate));
        kinds::purchase_answer classified(answer, &providers::number_order::id);
        ledger::batch changes;
        if (classified.accepted())
            changes = bought_changes(c, classified.provider_ref);
        co_return co_await std::move(call.purchase).settle(std::move(classified), std::move(changes));
    }

    static ledger::batch bought_changes(const kinds::run_context& c, const std::string& number_id)
    {
        json::object result;
        result["number_id"] = number_id;
        ledger::update_run state(c.run().id);
        state.result = json::serialize(result);
        return ledger::batch(1, std::move(state));
    }

    toy_settings settings_;
};

// 3. From a file to a job, with problems for what does not fit.
std::shared_ptr<const kinds::prepared_job> prepare_toy(const job::document& file, const kinds::load_context& around,
                                                       yaml::problems& found)
{
    kinds::checker check(file, around, found);
    const yaml::reader& own = *file.kind_keys;
    toy_settings s;
    s.account = own.text("account");
    s.service = own.text("service");
    s.pause = own.duration("pause");
    if (const auto account = check.account(own, "account")) {
        if (!account->numbers)
            check.error(own, "account", kinds::codes::unsupported_capability, account->name + " sells no numbers");
        check.check_budget(*account);
    }
    if (check.failed())
        return nullptr;
    return std::make_shared<const toy_job>(std::move(s));
}

const std::string toy_file = R"(version: 1
kind: toy.buy
budget: {run: 10 TRY}
account: numbers
service: "3"
pause: 5m
)";

// 4. The row.
struct toy_world : purchase_world {
    toy_world()
    {
        rows[0].definition = toy_definition();
        rows[0].prepare = &prepare_toy;
        known = rows;
        seller = static_cast<fake_numbers*>(account("numbers").numbers.get());
    }

    std::array<kinds::kind, 1> rows{};
    fake_numbers* seller = nullptr;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_new_kind_is_found_among_the_kinds_it_is_given_with, toy_world)
{
    BOOST_TEST((kinds::find_kind(known, "toy.buy") == rows.data()));
    BOOST_TEST((kinds::find_kind(known, "otp.acquire") == nullptr));
    BOOST_TEST((kinds::find_kind("toy.buy") == nullptr));
    BOOST_TEST((kinds::find_kind("otp.acquire") != nullptr));
    BOOST_TEST(kinds::kind_tables(known).size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_new_kind_is_loaded_and_run_to_its_end_with_one_purchase, toy_world)
{
    const auto work = load(toy_file);
    BOOST_TEST_REQUIRE((work != nullptr));
    const auto run = create_run();
    const auto end = resume(*work, run);
    BOOST_TEST_REQUIRE(end.has_value());
    BOOST_TEST((end->state == run_state::succeeded));
    BOOST_TEST(seller->orders == 1);
    BOOST_TEST(result_of(run).at("number_id").as_string() == "100");
    BOOST_TEST(run_of(run).spent.text() == "8.00 TRY");
    BOOST_TEST(published.count("effect.settled") == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_new_kind_buys_nothing_twice_after_a_crash, toy_world)
{
    const auto work = load(toy_file);
    BOOST_TEST_REQUIRE((work != nullptr));
    for (int n = 1;; ++n) {
        BOOST_TEST_REQUIRE(n < 20);
        BOOST_TEST_CONTEXT("commit " << n)
        {
            const int before = seller->orders;
            const auto run = create_run();
            crashing.commits = 0;
            crashing.crash_at = n;
            resume(*work, run);
            crashing.crash_at = 0;
            const bool crashed_here = has_crashed;
            if (crashed_here) {
                recover();
                account("numbers").purchase_permits = std::make_unique<async::semaphore>(io.get_executor(), 1);
                resume(*work, run);
            }
            BOOST_TEST(seller->orders - before <= 1);
            pass(1s);
            if (!crashed_here)
                break;
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_file_of_a_new_kind_is_checked_by_its_keys_and_by_its_kind, toy_world)
{
    is_panel("panel");
    struct row {
        std::string from, to;
    };
    for (const row& r : std::vector<row>{{"account: numbers", "account: nobody"},
                                         {"account: numbers", "account: panel"},
                                         {"service: \"3\"\n", ""},
                                         {"budget: {run: 10 TRY}\n", ""},
                                         {"pause: 5m", "pause: soon"}}) {
        BOOST_TEST_CONTEXT(r.to)
        {
            std::string text = toy_file;
            text.replace(text.find(r.from), r.from.size(), r.to);
            BOOST_TEST((load(text) == nullptr));
            BOOST_TEST(!problems.empty());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
