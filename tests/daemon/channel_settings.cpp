#include "ulakd/channel_settings.hpp"

#include "support/folder.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(channel_settings_)

using namespace ulak;
using namespace ulak::daemon;

namespace {

using strings = std::vector<std::string>;

struct channel_fixture {
    // Loads a file with an account of each sort and the channel `c`.
    const channel_settings& read(const std::string& keys)
    {
        found.clear();
        all = read_settings(dir.write("ulak.yaml", "version: 1\naccounts:\n"
                                                   "  bulk: {provider: toplusms, username: u1u1u1, password: x1x1x1}\n"
                                                   "  panel: {provider: smmonayim-panel, key: x1x1x1}\n"
                                                   "channels:\n  c: {" +
                                                       keys + "}\n"),
                            true, found);
        BOOST_REQUIRE(all.channels.size() == 1u);
        return all.channels.front();
    }
    strings codes() const
    {
        strings out;
        for (const auto& p : found)
            out.push_back(p.code);
        return out;
    }

    tests::folder dir{};
    settings all{};
    yaml::problems found{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_webhook_may_have_a_query_and_a_signature, channel_fixture)
{
    const auto& c = read("webhook: \"https://hooks.example.com/ulak?team=1\", sign: s1s1s1");
    BOOST_TEST(found.empty());
    BOOST_TEST((c.kind == channel_settings::type::webhook));
    BOOST_TEST(c.name == "c");
    BOOST_TEST(c.url == "https://hooks.example.com/ulak?team=1");
    BOOST_TEST(c.sign.reveal() == "s1s1s1");
}

BOOST_FIXTURE_TEST_CASE(an_sms_channel_names_its_account_and_people, channel_fixture)
{
    const auto& c = read("sms: {account: bulk, sender: MARKA, to: [\"5551112233\", \"+905551112234\"]}");
    BOOST_TEST(found.empty());
    BOOST_TEST((c.kind == channel_settings::type::sms));
    BOOST_TEST(c.account == "bulk");
    BOOST_TEST(c.sender == "MARKA");
    BOOST_REQUIRE(c.to.size() == 2u);
    BOOST_TEST(c.to[1].digits() == "5551112234");
}

BOOST_FIXTURE_TEST_CASE(a_program_has_its_arguments, channel_fixture)
{
    const auto& c = read("exec: [/bin/true, -v, \"--text=${text}\", \"${job}\", --]");
    BOOST_TEST(found.empty());
    BOOST_TEST((c.kind == channel_settings::type::program));
    const strings wanted{"/bin/true", "-v", "--text=${text}", "${job}", "--"};
    BOOST_TEST(c.arguments == wanted, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(mistakes_have_their_codes, channel_fixture)
{
    struct row {
        const char *keys, *code;
    };
    for (const auto& [keys, code] :
         {row{"sign: s1s1s1", "U0509"}, row{"exec: [/bin/true], webhook: \"https://x.example\"", "U0509"},
          row{"webhook: \"http://plain.example\"", "U0508"},
          row{"webhook: \"https://x.example\", sign: {secret: no}", "U0506"},
          row{"sms: {account: nobody, sender: M, to: [\"5551112233\"]}", "U0513"},
          row{"sms: {account: panel, sender: M, to: [\"5551112233\"]}", "U0513"},
          row{"sms: {account: bulk, sender: M, to: [\"123\"]}", "U0511"}, row{"exec: [true]", "U0510"},
          row{"exec: [/nowhere/at/all]", "U0510"}, row{"exec: [/bin/true, \"-${text}\"]", "U0520"},
          row{"exec: [/bin/true, \"--${job}=1\"]", "U0520"}, row{"exec: [\"/bin/${job}\"]", "U0510"}})
        BOOST_TEST_CONTEXT(keys)
        {
            read(keys);
            BOOST_TEST(codes() == strings{code}, boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_SUITE_END()
