#include "providers/account_identity.hpp"

#include "providers/registry.hpp"
#include "providers/shared_wallets.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace ulak;
using namespace ulak::providers;

namespace {

account_settings settings(const std::string& provider, std::map<std::string, std::string> secrets,
                          std::map<std::string, std::string> options = {}, std::string base_url = {})
{
    account_settings s;
    s.name = "acc";
    s.provider = provider;
    s.base_url = std::move(base_url);
    s.options = std::move(options);
    for (auto& [name, text] : secrets)
        s.secrets.emplace(name, secret(std::move(text)));
    return s;
}

account_identity identity(const account_settings& s)
{
    return identity_of(s, *find_protocol(s.provider));
}

std::shared_ptr<account> an_account(boost::asio::io_context& io, const std::string& name, const std::string& login,
                                    int purchases)
{
    auto a = std::make_shared<account>();
    a->name = name;
    a->identity = {"tamonay", "https://a.example", login};
    a->purchases = purchases;
    a->purchase_permits = std::make_shared<async::semaphore>(io.get_executor(), static_cast<std::size_t>(purchases));
    return a;
}

} // namespace

BOOST_AUTO_TEST_SUITE(account_identity_)

BOOST_AUTO_TEST_CASE(the_login_identifies_and_a_password_does_not)
{
    const auto by_name = identity(settings("toplusms", {{"password", "one"}}, {{"username", "5551112233"}}));
    BOOST_TEST((by_name == identity(settings("toplusms", {{"password", "two"}}, {{"username", "5551112233"}}))));
    BOOST_TEST((by_name == identity(settings("toplusms", {{"password_md5", "x"}}, {{"username", "5551112233"}}))));
    BOOST_TEST(!(by_name == identity(settings("toplusms", {{"password", "one"}}, {{"username", "5551112234"}}))));
    BOOST_TEST(!(by_name == identity(settings("toplusms", {{"api_key", "5551112233"}}))));
    const auto by_key = identity(settings("iletimerkezi", {{"key", "k"}, {"hash", "one"}}));
    BOOST_TEST((by_key == identity(settings("iletimerkezi", {{"key", "k"}, {"hash", "two"}}))));
    BOOST_TEST(!(by_key == identity(settings("iletimerkezi", {{"key", "l"}, {"hash", "one"}}))));
}

BOOST_AUTO_TEST_CASE(each_protocol_says_what_its_login_is)
{
    for (const auto& p : protocols())
        BOOST_TEST_CONTEXT(p.name)
        {
            BOOST_TEST(!p.login_keys.empty());
            for (const auto& name : p.login_keys) {
                const auto& keys = p.keys;
                BOOST_TEST((std::ranges::find(keys, name, &yaml::key::name) != keys.end()), name);
                const auto one = identity(settings(p.name, {{name, "one"}}));
                BOOST_TEST(!(one == identity(settings(p.name, {{name, "two"}}))));
                BOOST_TEST(one.login.find("one") == std::string::npos);
            }
        }
}

BOOST_AUTO_TEST_CASE(sites_are_compared_in_their_normal_form)
{
    const auto at = [](const char* url) { return identity(settings("tamonay", {{"token", "t"}}, {}, url)); };
    BOOST_TEST((at("") == at("https://www.tamonay.com/api/v1")));
    BOOST_TEST((at("") == at("HTTPS://WWW.Tamonay.com:443/api/v1/")));
    BOOST_TEST(!(at("") == at("https://www.tamonay.com/api/v2")));
    BOOST_TEST(!(at("") == at("https://www.tamonay.com:8443/api/v1")));
    BOOST_TEST(at("https://A.example/").base_url == "https://a.example");
}

BOOST_AUTO_TEST_CASE(two_names_of_one_login_share_permits_and_what_is_known)
{
    boost::asio::io_context io;
    accounts all;
    all["a"] = an_account(io, "a", "me", 8);
    all["b"] = an_account(io, "b", "me", 2);
    all["c"] = an_account(io, "c", "you", 8);
    all["a"]->shared = false;
    share_wallets(all, {});
    BOOST_TEST(all["a"]->purchase_permits == all["b"]->purchase_permits);
    BOOST_TEST(all["a"]->purchase_permits->available() == 2u);
    BOOST_TEST(all["a"]->reconciled == all["b"]->reconciled);
    BOOST_TEST(all["a"]->shared);
    BOOST_TEST(all["c"]->purchase_permits != all["a"]->purchase_permits);
    BOOST_TEST(all["c"]->purchase_permits->available() == 8u);
}

BOOST_AUTO_TEST_CASE(a_reload_keeps_the_permits_that_are_in_use)
{
    boost::asio::io_context io;
    accounts all;
    all["a"] = an_account(io, "a", "me", 8);
    all["b"] = an_account(io, "b", "me", 2);
    const auto in_use = all["a"]->purchase_permits;
    share_wallets(all, {"a"});
    BOOST_TEST(all["b"]->purchase_permits == in_use);
}

BOOST_AUTO_TEST_CASE(accounts_without_an_identity_share_nothing)
{
    boost::asio::io_context io;
    accounts all;
    all["a"] = an_account(io, "a", "", 1);
    all["b"] = an_account(io, "b", "", 1);
    all["a"]->identity = all["b"]->identity = account_identity();
    share_wallets(all, {});
    BOOST_TEST(all["a"]->purchase_permits != all["b"]->purchase_permits);
}

BOOST_AUTO_TEST_SUITE_END()
