#include "ulakd/client_builder.hpp"

#include "support/folder.hpp"
#include "support/loop_fixture.hpp"

BOOST_AUTO_TEST_SUITE(client_builder_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

struct quiet_sink final : events::sink {
    void publish(const events::event&) override {}
};

struct builder_fixture : tests::loop_fixture {
    settings load(const std::string& text)
    {
        yaml::problems found;
        auto s = load_settings(dir.write("ulak.yaml", "version: 1\n" + text), true, found);
        BOOST_REQUIRE(s.has_value());
        return std::move(*s);
    }

    tests::folder dir{};
    quiet_sink sink{};
    client_builder builder{io.get_executor(), clock, http::make_resolver(io.get_executor(), clock), sink};
};

const std::string two_accounts = "accounts:\n"
                                 "  panel: {provider: smmonayim-panel, key: x1x1x1}\n"
                                 "  numbers: {provider: smmonayim-numbers, key: x1x1x1}\n";

} // namespace

BOOST_FIXTURE_TEST_CASE(every_account_is_built_with_its_capabilities, builder_fixture)
{
    const auto built = builder.accounts(load(two_accounts), {}, {});
    BOOST_REQUIRE(built);
    BOOST_REQUIRE((*built)->size() == 2u);
    BOOST_TEST(((*built)->at("panel")->panel != nullptr));
    BOOST_TEST(((*built)->at("numbers")->numbers != nullptr));
}

BOOST_FIXTURE_TEST_CASE(a_kept_account_stays_the_same_object, builder_fixture)
{
    const auto s = load(two_accounts);
    const auto first = builder.accounts(s, {}, {});
    BOOST_REQUIRE(first);
    const auto second = builder.accounts(s, **first, {"panel"});
    BOOST_REQUIRE(second);
    BOOST_TEST(((*second)->at("panel") == (*first)->at("panel")));
    BOOST_TEST(((*second)->at("numbers") != (*first)->at("numbers")));
}

BOOST_FIXTURE_TEST_CASE(an_account_that_cannot_be_built_is_named, builder_fixture)
{
    auto s = load(two_accounts);
    s.accounts.front().secrets.clear();
    const auto name = s.accounts.front().name;
    const auto built = builder.accounts(s, {}, {});
    BOOST_REQUIRE(!built);
    BOOST_TEST(built.error().message.starts_with("account " + name + ": "), built.error().message);
    auto bad_url = load(two_accounts);
    bad_url.accounts.front().base_url = "http://plain.example";
    BOOST_TEST(!builder.accounts(bad_url, {}, {}));
}

BOOST_FIXTURE_TEST_CASE(each_channel_gets_its_destination, builder_fixture)
{
    const auto built =
        builder.channels(load("accounts:\n  bulk: {provider: toplusms, username: u1u1u1, password: x1x1x1}\n"
                              "channels:\n"
                              "  hook: {webhook: \"https://hooks.example.com/ulak?team=1\"}\n"
                              "  root: {webhook: \"https://hooks.example.com\"}\n"
                              "  run: {exec: [/bin/true, -x]}\n"
                              "  phone: {sms: {account: bulk, sender: MARKA, to: [\"5551112233\"]}}\n"));
    BOOST_REQUIRE_MESSAGE(built, (built ? std::string() : built.error().message));
    const auto* hook = std::get_if<engine::webhook>(&built->at("hook").destination);
    BOOST_REQUIRE(hook);
    BOOST_TEST(hook->target == "/ulak?team=1");
    BOOST_TEST((hook->client != nullptr));
    const auto* root = std::get_if<engine::webhook>(&built->at("root").destination);
    BOOST_REQUIRE(root);
    BOOST_TEST(root->target == "/");
    const auto* run = std::get_if<engine::program>(&built->at("run").destination);
    BOOST_REQUIRE(run);
    BOOST_TEST(run->arguments.size() == 2u);
    const auto* phone = std::get_if<engine::sms_channel>(&built->at("phone").destination);
    BOOST_REQUIRE(phone);
    BOOST_TEST(phone->account == "bulk");
    BOOST_TEST(phone->recipients.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
