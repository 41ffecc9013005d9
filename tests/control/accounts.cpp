#include "control/control_world.hpp"

#include "control/detail/account_views.hpp"

namespace ulak::testing {

BOOST_AUTO_TEST_SUITE(accounts_)

namespace {

struct numbers_account : providers::number_seller, providers::balance_reader {
    bool can_cancel() const override { return true; }
    bool lists_orders() const override { return false; }
    task<result<std::vector<providers::listed_number>>> recent_orders(int, async::steady_point) override
    {
        co_return error(errc::unsupported, "not in this test");
    }
    task<result<std::vector<providers::service>>> services(async::steady_point) override
    {
        if (!answers)
            co_return error(errc::transient, "the provider is down");
        providers::service s;
        s.id = "3";
        s.name = "Mail";
        s.price = money(decimal::from_integer(8), "TRY");
        s.stock = 4;
        co_return std::vector<providers::service>{s};
    }
    task<result<providers::service>> offer(std::string, async::steady_point) override
    {
        co_return error(errc::unsupported, "not in this test");
    }
    task<providers::outcome<providers::number_order>> order(std::string, std::string, providers::purchase_gate) override
    {
        co_return providers::outcome<providers::number_order>(providers::classification::not_sent);
    }
    task<result<providers::number_status>> poll(std::string, async::steady_point) override
    {
        co_return error(errc::unsupported, "not in this test");
    }
    task<result<void>> cancel(std::string, async::steady_point) override { co_return result<void>(); }
    task<result<money>> balance(async::steady_point) override { co_return money(decimal::from_integer(92), "TRY"); }

    bool answers = true;
};

struct account_world : control_world {
    explicit account_world(engine::otp_limits limits = {})
    {
        adjust = [limits](engine::dependencies& d) { d.otp = limits; };
        for (const auto& kind : kinds::kinds())
            known_kinds.push_back(kind);
        auto a = std::make_shared<providers::account>();
        a->name = "acc";
        a->provider = "smmonayim-numbers";
        auto numbers = std::make_unique<numbers_account>();
        auto reader = std::make_unique<numbers_account>();
        seller = numbers.get();
        a->numbers = std::move(numbers);
        a->balances = std::move(reader);
        (*accounts)["acc"] = a;
        auto bare = std::make_shared<providers::account>();
        bare->name = "bare";
        (*accounts)["bare"] = bare;
        boot();
        open();
    }
    ledger::intend intended(const std::string& id, const std::string& account) const
    {
        ledger::intend i;
        i.effect.id = effect_id(id);
        i.effect.step = id;
        i.effect.account = account;
        i.effect.operation = "number.order";
        i.effect.expected = money(decimal::from_integer(8), "TRY");
        i.effect.intended_at = wall();
        return i;
    }
    numbers_account* seller = nullptr;
};

ledger::balance_record reading(std::chrono::minutes ago, int amount)
{
    ledger::balance_record r;
    r.account = "acc";
    r.balance = money(decimal::from_integer(amount), "TRY");
    r.at = parse_rfc3339("2026-03-02T12:00:00Z").value() - ago;
    return r;
}

} // namespace

BOOST_AUTO_TEST_CASE(accounts_are_listed_with_what_they_can_and_their_last_balance)
{
    account_world w;
    auto all = object_in(w.read("/v1/accounts")).at("accounts").as_array();
    BOOST_TEST_REQUIRE(all.size() == 2u);
    BOOST_TEST(all[0].as_object().at("balance").is_null());
    const auto asked = object_in(w.read("/v1/accounts/acc/balance"));
    BOOST_TEST(text_at(asked, "balance") == "92.00");
    BOOST_TEST(text_at(asked, "unit") == "TRY");
    all = object_in(w.read("/v1/accounts")).at("accounts").as_array();
    BOOST_TEST(text_at(all[0].as_object(), "balance") == "92.00");
    BOOST_TEST(json::serialize(all[0].as_object().at("can")).find("numbers") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(services_are_the_providers_own)
{
    account_world w;
    const auto all = object_in(w.read("/v1/accounts/acc/services")).at("services").as_array();
    BOOST_TEST_REQUIRE(all.size() == 1u);
    const auto& s = all[0].as_object();
    BOOST_TEST(text_at(s, "id") == "3");
    BOOST_TEST(s.at("stock").to_number<int>() == 4);
    BOOST_TEST(s.at("min").is_null());
    w.seller->answers = false;
    BOOST_TEST(w.read("/v1/accounts/acc/services").status == 502);
}

BOOST_AUTO_TEST_CASE(what_an_account_does_not_have_is_told_apart_from_one_that_is_not_there)
{
    account_world w;
    for (const char* what : {"balance", "services"}) {
        BOOST_TEST(code_in(w.read(std::string("/v1/accounts/bare/") + what)) == "unsupported", what);
        BOOST_TEST(code_in(w.read(std::string("/v1/accounts/none/") + what)) == "not_found", what);
    }
}

BOOST_AUTO_TEST_CASE(an_account_is_adopted_when_something_waits_for_it)
{
    account_world w;
    BOOST_TEST(code_in(w.post("/v1/accounts/none/adopt")) == "not_found");
    BOOST_TEST(code_in(w.post("/v1/accounts/acc/adopt")) == "conflict");
    w.accounts->at("acc")->identity_id = "now";
    auto bought = w.intended("e1", "acc");
    bought.effect.identity = "before";
    ledger::batch all;
    all.push_back(std::move(bought));
    w.commit(std::move(all));
    const auto adopted = object_in(w.post("/v1/accounts/acc/adopt"));
    BOOST_TEST(adopted.at("adopted").as_bool());
    BOOST_TEST(text_at(adopted, "account") == "acc");
    BOOST_TEST(code_in(w.post("/v1/accounts/acc/adopt")) == "conflict");
}

BOOST_AUTO_TEST_CASE(the_loss_per_hour_leaves_out_top_ups_and_short_spans)
{
    providers::account a;
    a.name = "acc";
    const auto loss = [&](std::vector<ledger::balance_record> read) { return control::view(a, read).at("per_hour"); };
    BOOST_TEST(loss({}).is_null());
    BOOST_TEST(loss({reading(0min, 90), reading(4min, 100)}).is_null());
    BOOST_TEST(loss({reading(0min, 90), reading(120min, 100)}).as_string() == "5.00");
    BOOST_TEST(loss({reading(0min, 190), reading(60min, 80), reading(120min, 100)}).as_string() == "10.00");
    BOOST_TEST(loss({reading(0min, 90), reading(60min, 100), reading(25 * 60min, 900)}).as_string() == "10.00");
}

BOOST_AUTO_TEST_CASE(a_code_without_a_job_has_a_budget_of_the_configuration)
{
    const auto lira = [](std::int64_t n) { return money(decimal::from_integer(n), "TRY"); };
    account_world w(engine::otp_limits{lira(10), lira(20)});
    const auto refusal = [&w](const char* max_price) {
        const auto r =
            w.post("/v1/otp", std::string(R"({"account":"acc","service":"3","max_price":")") + max_price + "\"}");
        BOOST_TEST_REQUIRE(r.status >= 400);
        return code_in(r) + ": " + detail_in(r);
    };
    BOOST_TEST(refusal("10.000001 TRY")
                   .find("budget: a number for 10.000001 TRY is too dear: otp.max_price is 10.00 "
                         "TRY") == 0u);
    BOOST_TEST(refusal("9 USD").find("budget: ") == 0u);
    BOOST_TEST(refusal("9223372036854.775807 TRY").find("invalid_argument: ") == 0u);
    BOOST_TEST(refusal("dear").find("invalid_argument: ") == 0u);
    BOOST_TEST(w.runs().empty());
    // The listed price is 8 TRY: within, and the run carries the day's budget to the transaction that books.
    BOOST_TEST(w.post("/v1/otp", R"({"account":"acc","service":"3"})").status < 300);
    BOOST_TEST_REQUIRE(w.runs().size() == 1u);
    BOOST_TEST(w.runs()[0].definition.find(R"("day":"20.00 TRY")") != std::string::npos);
    account_world poor(engine::otp_limits{lira(7), lira(20)});
    const auto dear = poor.post("/v1/otp", R"({"account":"acc","service":"3"})");
    BOOST_TEST(dear.status == 409);
    BOOST_TEST(code_in(dear) == "budget");
    BOOST_TEST(poor.runs().empty());
}

BOOST_AUTO_TEST_CASE(codes_without_a_job_can_be_paused)
{
    account_world w;
    BOOST_TEST(object_in(w.post("/v1/jobs/otp-by-hand/pause")).at("paused").as_bool());
    BOOST_TEST(code_in(w.post("/v1/otp", R"({"account":"acc","service":"3"})")) == "paused");
    BOOST_TEST(object_in(w.read("/v1/jobs/otp-by-hand")).at("paused").as_bool());
    BOOST_TEST(!object_in(w.post("/v1/jobs/otp-by-hand/resume")).at("paused").as_bool());
}

BOOST_AUTO_TEST_CASE(a_code_without_a_job_is_bought_at_the_listed_price)
{
    account_world w;
    struct bad {
        const char *body, *code;
    };
    const bad table[] = {{"{}", "invalid_argument"},
                         {R"({"account":"acc"})", "invalid_argument"},
                         {R"({"account":1,"service":"3"})", "invalid_argument"},
                         {R"({"account":"acc","service":"3","length":"6"})", "invalid_argument"},
                         {R"({"account":"acc","service":"3","color":"red"})", "invalid_argument"},
                         {R"({"account":"none","service":"3"})", "not_found"},
                         {R"({"account":"bare","service":"3"})", "unsupported"},
                         {R"({"account":"acc","service":"4"})", "not_found"}};
    for (const auto& row : table)
        BOOST_TEST_CONTEXT(row.body)
    BOOST_TEST(code_in(w.post("/v1/otp", row.body)) == row.code);
    w.seller->answers = false;
    BOOST_TEST(w.post("/v1/otp", R"({"account":"acc","service":"3"})").status == 502);
    BOOST_TEST(w.runs().empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::testing
