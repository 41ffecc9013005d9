#include "ulakctl/diagnose_machine.hpp"

#include "ctl/cli_fixture.hpp"
#include "support/folder.hpp"
#include "ulakctl/diagnose_daemon.hpp"

namespace ulak::ctl::testing {

BOOST_FIXTURE_TEST_SUITE(diagnose_machine_, cli_fixture)

namespace {

using severity = check_result::severity;

daemon::settings settings_in(const ulak::tests::folder& folder)
{
    daemon::settings out;
    out.config_dir = folder.path();
    out.state_dir = folder.path();
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(secrets_that_others_can_read_fail)
{
    ulak::tests::folder folder;
    folder.write("secrets/good", "x", 0600);
    check_results all;
    diagnose_secrets(settings_in(folder), all);
    BOOST_TEST(all.size() == 1u);
    BOOST_TEST((all.front().level == severity::ok));
    folder.write("secrets/open", "x", 0644);
    all.clear();
    diagnose_secrets(settings_in(folder), all);
    BOOST_TEST(has_failures(all));
    BOOST_TEST(all.front().remedy == "chmod 600 " + folder.at("secrets/open"));
}

BOOST_AUTO_TEST_CASE(a_missing_secrets_folder_is_a_warning)
{
    ulak::tests::folder folder;
    check_results all;
    diagnose_secrets(settings_in(folder), all);
    BOOST_TEST((all.front().level == severity::warning));
}

BOOST_AUTO_TEST_CASE(a_state_folder_that_is_not_there_is_a_warning)
{
    check_results all;
    daemon::settings settings;
    settings.state_dir = "/nowhere/at/all";
    diagnose_disk(settings, all);
    BOOST_TEST((all.front().level == severity::warning));
    BOOST_TEST(all.front().check == "disk");
}

BOOST_AUTO_TEST_CASE(a_configuration_that_is_not_there_fails)
{
    check_results all;
    arguments a;
    a.config = "/nowhere/ulak.yaml";
    diagnose_files(a, all);
    BOOST_TEST(has_failures(all));
}

BOOST_AUTO_TEST_CASE(accounts_are_asked_only_through_a_daemon_that_is_there)
{
    daemon->on("GET /v1/accounts", R"({"accounts":[{"account":"a"},{"account":"b"}]})");
    daemon->on("GET /v1/accounts/a/balance", R"({"balance":"4","unit":"TRY"})");
    daemon->refuse("GET /v1/accounts/b/balance", 502, "auth", "the key is refused");
    cli_context context(daemon_client(daemon, "s"), {}, {}, stdout, stderr);
    check_results all;
    diagnose_accounts(context, {}, false, false, all);
    diagnose_accounts(context, {}, true, true, all);
    BOOST_TEST(daemon->asked.empty());
    BOOST_TEST((all.at(0).level == severity::skipped && all.at(1).level == severity::skipped));
    all.clear();
    diagnose_accounts(context, {}, true, false, all);
    BOOST_TEST((all.at(0).level == severity::ok && all.at(1).level == severity::failed));
    BOOST_TEST(contains(all.at(1).remedy, "put the right secret into its file"));
}

BOOST_AUTO_TEST_CASE(results_are_lines_with_their_remedy_or_json)
{
    captured out, err;
    cli_context context(daemon_client(daemon, "s"), {}, {}, out.file(), err.file());
    check_result r;
    r.check = "clock";
    r.level = severity::failed;
    r.detail = "it stands";
    r.remedy = "wind it up";
    print_result(context, r);
    BOOST_TEST(out.text() == "FAIL  clock      it stands\n                 wind it up\n");
    BOOST_TEST(boost::json::serialize(json_of({r})) ==
               R"([{"check":"clock","state":"FAIL","seen":"it stands","remedy":"wind it up"}])");
    BOOST_TEST(!has_failures({}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace ulak::ctl::testing
