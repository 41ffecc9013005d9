#include "providers/account_factory.hpp"

#include "events/redactor.hpp"
#include "http/auth.hpp"
#include "providers/common_account_keys.hpp"
#include "sample.hpp"
#include "support/loop_fixture.hpp"
#include "support/scripted_client.hpp"
#include "yaml/parse.hpp"
#include "yaml/shape_check.hpp"

#include <algorithm>
#include <set>

BOOST_AUTO_TEST_SUITE(registry_)

using namespace std::chrono_literals;
using namespace ulak;
using namespace ulak::providers;
using tests::complete;
using tests::saved;

namespace {

yaml::shape_ptr shape_of(const protocol_descriptor& p)
{
    auto keys = common_account_keys();
    for (const auto& own : p.keys)
        keys.push_back(own);
    return yaml::record("An account.", std::move(keys));
}

std::vector<std::string> problems_of(const protocol_descriptor& p, const std::string& keys)
{
    yaml::problems found;
    auto doc = yaml::parse("provider: " + p.name + "\n" + keys, "x.yaml", found);
    BOOST_REQUIRE(doc);
    const auto shape = shape_of(p);
    yaml::check(*doc, *shape, found);
    const yaml::reader account(std::make_shared<const yaml::document>(std::move(*doc)), shape);
    p.check_keys(account, found);
    std::vector<std::string> out;
    for (const auto& problem : found)
        out.push_back(problem.code);
    return out;
}

account_settings settings_for(const std::string& provider)
{
    account_settings s;
    s.name = "a";
    s.provider = provider;
    for (const char* key : {"token", "key", "hash", "password"})
        s.secrets.emplace(key, secret("canary-" + std::string(key)));
    s.options.emplace("username", "5551112233");
    return s;
}

struct registry_fixture : tests::loop_fixture {
    result<std::shared_ptr<account>> make(const account_settings& s)
    {
        return make_account(s, tests::client_of(plan), io.get_executor(), clock);
    }

    tests::script plan{clock};
};

} // namespace

BOOST_AUTO_TEST_CASE(there_are_five_protocols_with_their_documented_addresses)
{
    const std::map<std::string, std::string> wanted{{"tamonay", "https://www.tamonay.com/api/v1"},
                                                    {"toplusms", "https://panel.toplusms.tc/api/v1"},
                                                    {"iletimerkezi", "https://api.iletimerkezi.com/v1"},
                                                    {"smmonayim-numbers", "https://smmonayim.com/api/v1"},
                                                    {"smmonayim-panel", "https://smmonayim.com/api/v2"}};
    std::map<std::string, std::string> got;
    for (const auto& p : protocols())
        got.emplace(p.name, p.base_url);
    BOOST_TEST((got == wanted));
    for (const auto& p : protocols()) {
        BOOST_TEST(find_protocol(p.name) == &p);
        BOOST_TEST(!!http::origin::parse(p.base_url), p.base_url);
    }
    BOOST_TEST(find_protocol("toplusm") == nullptr);
}

BOOST_AUTO_TEST_CASE(no_protocol_takes_a_common_key_for_its_own_and_keys_of_one_name_have_one_shape)
{
    std::set<std::string> common;
    for (const auto& key : common_account_keys())
        common.insert(key.name);
    BOOST_TEST(common_account_keys().front().name == "provider");
    std::map<std::string, yaml::type> seen;
    for (const auto& p : protocols())
        for (const auto& key : p.keys) {
            BOOST_TEST(!common.contains(key.name), p.name << "." << key.name);
            const auto [at, fresh] = seen.emplace(key.name, key.value->value_type);
            BOOST_TEST((fresh || at->second == key.value->value_type), p.name << "." << key.name);
            BOOST_TEST(!key.value->doc.empty());
        }
}

BOOST_AUTO_TEST_CASE(sound_accounts_have_no_problems)
{
    struct row {
        const char *provider, *keys;
    };
    for (const auto& [provider, keys] :
         {row{"toplusms", "username: \"5551112233\"\npassword: {secret: p}\nbody: multipart\nbalance_field: money\n"},
          row{"toplusms", "username: u\npassword_md5: {secret: p}\n"}, row{"toplusms", "api_key: {secret: k}\n"},
          row{"iletimerkezi", "key: {secret: k}\nhash: {secret: h}\n"},
          row{"iletimerkezi", "key: {secret: k}\nsecret_key: {secret: h}\n"},
          row{"tamonay", "token: {secret: t}\ncode_fields: [/data/kod]\nwaiting: [bekliyor]\n"},
          row{"smmonayim-numbers", "key: {secret: k}\nhttp_method: get\ncancel: {not_before: 2m, free_until: 9m}\n"},
          row{"smmonayim-panel",
              "key: {secret: k}\nbudget: {day: 300 TRY}\npace: 20 requests/s\ntimeout: 10s\nshared: false\n"}})
        BOOST_TEST_CONTEXT(provider << " " << keys)
        {
            BOOST_TEST(problems_of(*find_protocol(provider), keys).empty());
        }
}

BOOST_AUTO_TEST_CASE(unsound_accounts_say_what_is_wrong)
{
    struct row {
        const char *provider, *keys, *code;
    };
    for (const auto& [provider, keys, code] :
         {row{"toplusms", "", "U0601"}, row{"toplusms", "username: u\n", "U0601"},
          row{"toplusms", "password: {secret: p}\n", "U0601"},
          row{"toplusms", "username: u\npassword: {secret: p}\npassword_md5: {secret: q}\n", "U0602"},
          row{"toplusms", "api_key: {secret: k}\nusername: u\n", "U0602"},
          row{"toplusms", "api_key: {secret: k}\nbody: form\n", "U0603"},
          row{"toplusms", "api_key: {secret: k}\nbody: json\n", "U0207"},
          row{"iletimerkezi", "key: {secret: k}\n", "U0601"}, row{"iletimerkezi", "hash: {secret: h}\n", "U0601"},
          row{"iletimerkezi", "key: {secret: k}\nhash: {secret: h}\nsecret_key: {secret: s}\n", "U0602"},
          row{"tamonay", "", "U0601"}, row{"tamonay", "token: {secret: t}\ncode_fields: [data.kod]\n", "U0606"},
          row{"smmonayim-numbers", "", "U0601"},
          row{"smmonayim-numbers", "key: {secret: k}\ncancel: {not_before: 10m}\n", "U0605"},
          row{"smmonayim-numbers", "key: {secret: k}\nhttp_method: put\n", "U0207"},
          row{"smmonayim-panel", "", "U0601"}, row{"smmonayim-panel", "key: {secret: k}\nfrobnicate: 1\n", "U0201"}})
        BOOST_TEST_CONTEXT(provider << " " << keys)
        {
            const auto found = problems_of(*find_protocol(provider), keys);
            BOOST_TEST(std::count(found.begin(), found.end(), code) > 0);
        }
}

BOOST_FIXTURE_TEST_CASE(what_an_account_can_do_is_what_it_has, registry_fixture)
{
    for (const auto& p : protocols())
        BOOST_TEST_CONTEXT(p.name)
        {
            const auto a = make(settings_for(p.name));
            BOOST_REQUIRE_MESSAGE(a, (a ? error() : a.error()));
            const account& it = **a;
            BOOST_TEST((it.balances != nullptr));
            BOOST_TEST((it.sms != nullptr) == p.sends_sms);
            BOOST_TEST((it.sms != nullptr) + (it.numbers != nullptr) + (it.panel != nullptr) == 1);
            BOOST_TEST((it.client != nullptr));
            BOOST_TEST(it.purchase_permits->available() == static_cast<std::size_t>(p.default_purchases));
            BOOST_TEST(it.unit == p.unit);
            BOOST_TEST(!it.unit.empty());
            if (it.numbers) // without a list of orders a lost one cannot be found among others
                BOOST_TEST((it.numbers->lists_orders() ? it.purchases > 1 : it.purchases == 1));
            if (it.sms)
                BOOST_TEST(it.sms->max_recipients() > 0u);
        }
}

BOOST_FIXTURE_TEST_CASE(settings_reach_the_account, registry_fixture)
{
    auto s = settings_for("smmonayim-numbers");
    s.timeout = 5s;
    s.purchases = 3;
    s.shared = false;
    s.day_budget = money(decimal::from_integer(300), "TRY");
    s.options.emplace("cancel.not_before", "2m");
    s.options.emplace("cancel.free_until", "9m");
    s.options.emplace("http_method", "get");
    const auto a = make(s);
    BOOST_REQUIRE(a);
    BOOST_TEST(((*a)->read_timeout == 5s && (*a)->order_timeout == 5s));
    BOOST_TEST(((*a)->cancel.not_before == 2min && (*a)->cancel.free_until == 9min));
    BOOST_TEST((*a)->purchases == 3);
    BOOST_TEST(!(*a)->shared);
    BOOST_TEST((*a)->purchase_permits->available() == 3u);
    plan.expect("GET /canary-key/getBalance").reply_with(complete(saved("numbers_balance")));
    BOOST_TEST(!!run((*a)->balances->balance(clock.now() + 5s)));
    const auto plain = make(settings_for("smmonayim-numbers"));
    BOOST_TEST(((*plain)->read_timeout == 30s && (*plain)->order_timeout == 90s));
    BOOST_TEST(((*plain)->cancel.not_before == 0s && (*plain)->cancel.free_until == 10min));
}

BOOST_FIXTURE_TEST_CASE(accounts_that_cannot_work_are_refused_by_name, registry_fixture)
{
    auto unknown = settings_for("toplusm");
    BOOST_TEST(make(unknown).error().message == "account a: no provider is called \"toplusm\"; did you mean toplusms?");
    for (const auto& p : protocols()) {
        account_settings empty;
        empty.name = "leer";
        empty.provider = p.name;
        const auto a = make(empty);
        BOOST_REQUIRE(!a);
        BOOST_TEST(a.error().message.starts_with("account leer: "), a.error().message);
    }
    auto segments = settings_for("tamonay");
    segments.pace = yaml::rate_value{10, "segments"};
    BOOST_TEST(!make(segments));
    auto none = settings_for("tamonay");
    none.purchases = 0;
    BOOST_TEST(!make(none));
    auto md5 = settings_for("toplusms");
    md5.secrets.clear();
    md5.secrets.emplace("password_md5", secret("not hex"));
    BOOST_TEST(!make(md5));
}

BOOST_FIXTURE_TEST_CASE(what_is_made_of_secrets_is_secret_too, registry_fixture)
{
    BOOST_TEST(!!make(settings_for("toplusms")));
    const auto md5 = http::md5_hex("canary-password");
    BOOST_TEST(events::process_redactor().contains_secret("x " + md5 + " y"));
    BOOST_TEST(events::process_redactor().contains_secret(http::basic_authorization("5551112233", md5)));
    auto ilet = settings_for("iletimerkezi");
    ilet.secrets.erase("hash");
    ilet.secrets.emplace("secret_key", secret("canary-secret-key"));
    BOOST_TEST(!!make(ilet));
    BOOST_TEST(events::process_redactor().contains_secret(http::hmac_sha256_hex("canary-secret-key", "canary-key")));
}

BOOST_FIXTURE_TEST_CASE(the_url_api_takes_the_validity_away, registry_fixture)
{
    auto s = settings_for("toplusms");
    s.secrets.emplace("api_key", secret("canary-api"));
    const auto a = make(s);
    BOOST_REQUIRE(a);
    BOOST_TEST(!(*a)->sms->takes_validity());
    BOOST_TEST((*a)->sms->max_recipients() == 100u);
}

BOOST_FIXTURE_TEST_CASE(tamonay_is_asked_ten_times_at_once_and_then_once_a_second, registry_fixture)
{
    const auto a = make(settings_for("tamonay"));
    BOOST_REQUIRE(a);
    plan.expect("/user").reply_with(complete(saved("tamonay_user"))).times(12);
    auto often = [](account& it, async::clock& time) -> task<> {
        for (int i = 0; i < 12; ++i) {
            auto got = co_await it.balances->balance(time.now() + 30s);
            BOOST_TEST(!!got);
        }
    };
    const auto began = clock.now();
    start(often(**a, clock));
    pass(10s);
    BOOST_REQUIRE(plan.asked_at.size() == 12u);
    BOOST_TEST((plan.asked_at[9] - began == 0s));
    BOOST_TEST((plan.asked_at[10] - began == 1s));
    BOOST_TEST((plan.asked_at[11] - began == 2s));
}

BOOST_FIXTURE_TEST_CASE(a_pace_of_requests_is_never_exceeded, registry_fixture)
{
    auto s = settings_for("smmonayim-panel");
    s.pace = yaml::rate_value{2, "requests"};
    const auto a = make(s);
    BOOST_REQUIRE(a);
    plan.expect("balance").reply_with(complete(saved("panel_balance"))).times(3);
    auto often = [](account& it, async::clock& time) -> task<> {
        for (int i = 0; i < 3; ++i)
            co_await it.balances->balance(time.now() + 30s);
    };
    const auto began = clock.now();
    start(often(**a, clock));
    pass(10s);
    BOOST_REQUIRE(plan.asked_at.size() == 3u);
    BOOST_TEST((plan.asked_at[1] - began == 500ms));
    BOOST_TEST((plan.asked_at[2] - began == 1000ms));
}

BOOST_AUTO_TEST_SUITE_END()
