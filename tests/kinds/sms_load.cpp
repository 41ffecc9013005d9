// From the keys of a job file to settings: what is typed, what is derived, and what cannot work.
#include "kinds/registry.hpp"
#include "kinds/sms_send/load.hpp"
#include "kinds/sms_send/load_message.hpp"
#include "kinds/sms_send/load_recipients.hpp"
#include "kinds/sms_world.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(sms_load_)

namespace {

using namespace ulak;
using namespace ulak::tests;
using namespace ulak::kinds::sms;
using texts = std::vector<std::string>;

struct load_world : sms_world {
    /// Decodes a job; the readers of its records are valid as long as `document`.
    yaml::reader record(const std::string& yaml, const char* key)
    {
        problems.clear();
        job::load_environment around;
        around.zone = time_zone::utc();
        auto decoded = job::decode(yaml, folder + "/job.yaml", kinds::kind_tables(), around, problems);
        BOOST_TEST_REQUIRE(decoded.has_value());
        document = std::move(*decoded);
        return document.kind_keys->record(key);
    }
    message_settings message_of(const std::string& keys, const texts& columns = {}, bool columns_known = true)
    {
        const auto r = record(job_with(three, keys), "message");
        kinds::checker check(document, environment, problems);
        message_settings m;
        read_message(check, r, columns, columns_known, account("bulk"), m);
        return m;
    }
    recipient_settings recipients_of(const std::string& keys)
    {
        const auto r = record(job_with(keys), "recipients");
        kinds::checker check(document, environment, problems);
        recipient_settings to;
        columns = read_recipients(check, r, to);
        return to;
    }

    kinds::load_context environment{*accounts, folder, time_zone::utc()};
    job::document document{};
    texts columns{};
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_message_is_typed, load_world)
{
    const auto m = message_of("text: Merhaba, encoding: tr, validity: 24h, max_segments: 2");
    BOOST_TEST(problems.empty());
    BOOST_TEST(m.sender == "MARKA");
    BOOST_TEST(!m.commercial);
    BOOST_TEST((m.encoding == encoding_choice::turkish));
    BOOST_TEST((m.validity == 24h));
    BOOST_TEST(m.max_segments == 2u);
    BOOST_TEST(m.text.source() == "Merhaba");
    BOOST_TEST((message_of("text: a, encoding: en").encoding == encoding_choice::english));
    BOOST_TEST((message_of("text: a").encoding == encoding_choice::automatic));
    BOOST_TEST(!message_of("text: a").validity.has_value());
}

BOOST_FIXTURE_TEST_CASE(the_consent_list_is_told_only_to_a_provider_that_wants_it, load_world)
{
    bulk.wants_recipient_type = true;
    BOOST_TEST(message_of("text: a, recipient_type: TACIR").recipient_type == ""); // informational
    auto commercial = job_with(three, "text: a, recipient_type: TACIR");
    commercial.replace(commercial.find("informational"), 13, "commercial");
    for (const bool wants : {true, false}) {
        bulk.wants_recipient_type = wants;
        const auto r = record(commercial, "message");
        kinds::checker check(document, environment, problems);
        message_settings m;
        read_message(check, r, {}, true, account("bulk"), m);
        BOOST_TEST(m.commercial);
        BOOST_TEST(m.recipient_type == (wants ? "TACIR" : ""));
    }
}

BOOST_FIXTURE_TEST_CASE(a_message_that_cannot_be_sent_is_a_problem_with_its_code, load_world)
{
    struct sample {
        const char *keys, *code; ///< no code: no problem
    };
    const std::vector<sample> samples{
        {"text: Merhaba", nullptr},          {"text: \"Merhaba ${ad}\"", "U0407"},
        {"text: \"5😀\"", "U0409"},          {"text: \"5😀 ${ad|default(\\\"x\\\")}\"", "U0409"},
        {"text: a, validity: 1h", nullptr},  {"text: a, validity: 48h", nullptr},
        {"text: a, validity: 49h", "U0417"}, {"text: a, validity: 90m", "U0417"},
        {"text: a, validity: 30m", "U0417"},
    };
    for (const sample& s : samples) {
        message_of(s.keys);
        BOOST_TEST_CONTEXT(s.keys)
        {
            if (s.code)
                BOOST_TEST(reported(s.code));
            else
                BOOST_TEST(problems.empty());
        }
    }
    message_of("max_segments: 1, text: \"" + std::string(400, 'a') + "\"");
    BOOST_TEST(reported("U0410"));
    bulk.has_validity = false;
    message_of("text: a, validity: 24h");
    BOOST_TEST(reported("U0417"));
}

BOOST_FIXTURE_TEST_CASE(a_sender_has_three_to_eleven_plain_letters, load_world)
{
    struct sample {
        const char* sender;
        bool fits;
    };
    for (const sample& s :
         {sample{"ABC", true}, sample{"AB", false}, sample{"ABCDEFGHIJK", true}, sample{"ABCDEFGHIJKL", false},
          sample{"A B-C*D.9", true}, sample{"MARKA\xC5\x9E", false}, sample{"MARKA_1", false}}) {
        auto yaml = job_with(three);
        yaml.replace(yaml.find("MARKA"), 5, std::string("\"") + s.sender + "\"");
        const auto r = record(yaml, "message");
        kinds::checker check(document, environment, problems);
        message_settings m;
        read_message(check, r, {}, true, account("bulk"), m);
        BOOST_TEST(reported("U0408") != s.fits, s.sender);
    }
}

BOOST_FIXTURE_TEST_CASE(names_are_columns_or_checked_once_the_file_is_there, load_world)
{
    BOOST_TEST(message_of("text: \"Merhaba ${ad}\"", {"ad", "gsm"}).text.names() == texts({"ad"}),
               boost::test_tools::per_element());
    BOOST_TEST(problems.empty());
    message_of("text: \"Merhaba ${soyad}\"", {"ad", "gsm"});
    BOOST_TEST(reported("U0407"));
    message_of("text: \"Merhaba ${soyad}\"", {}, false);
    BOOST_TEST(problems.empty());
}

BOOST_FIXTURE_TEST_CASE(a_relative_file_stays_below_the_configuration_folder, load_world)
{
    write("list.csv", "ad,gsm\n");
    const auto to = recipients_of("{csv: list.csv, phone: gsm, on_invalid: stop, exclude: [opt-out, sent-within 2h]}");
    BOOST_TEST(problems.empty());
    BOOST_TEST(columns == texts({"ad", "gsm"}), boost::test_tools::per_element());
    BOOST_TEST(to.csv == folder + "/list.csv");
    BOOST_TEST(to.fence.below == folder);
    BOOST_TEST(to.form.column == "gsm");
    BOOST_TEST(to.stop_on_invalid);
    BOOST_TEST((to.sent_within == 2h));
    recipients_of("{csv: ../list.csv}");
    BOOST_TEST(reported("U0411"));
    BOOST_TEST(recipients_of("{csv: /nowhere/list.csv}").fence.below == "");
    BOOST_TEST(reported("U0422"), "an absolute path may lie anywhere, and the file may come later");
}

BOOST_FIXTURE_TEST_CASE(a_secret_is_no_list_however_it_is_named, load_world)
{
    std::filesystem::create_directories(folder + "/secrets");
    write("secrets/key", "gsn-k3y\n");
    std::filesystem::create_symlink("secrets/key", folder + "/link.csv");
    for (const std::string& path : {std::string("secrets/key"), folder + "/secrets/key", std::string("link.csv")}) {
        recipients_of("{csv: " + path + ", phone: gsm-key}");
        BOOST_TEST(reported("U0411"), path);
        for (const auto& p : problems)
            BOOST_TEST(yaml::to_text(p).find("k3y") == std::string::npos, yaml::to_text(p));
    }
}

BOOST_FIXTURE_TEST_CASE(recipients_that_cannot_be_used_are_a_problem_with_its_code, load_world)
{
    write("list.csv", "ad,gsm\n");
    struct sample {
        const char *keys, *code;
    };
    for (const sample& s : {sample{"{csv: list.csv, list: [\"5551112233\"]}", "U0413"}, sample{"{phone: gsm}", "U0413"},
                            sample{"{csv: list.csv, phone: tel}", "U0412"}, sample{"{csv: none.csv}", "U0422"},
                            sample{"{csv: list.csv, phone: gsm, exclude: [everybody]}", "U0414"},
                            sample{"{csv: list.csv, phone: gsm, exclude: [sent-within]}", "U0414"},
                            sample{"{csv: list.csv, phone: gsm, exclude: [sent-within 0s]}", "U0414"},
                            sample{"{list: [\"123\"]}", "U0418"}, sample{"{list: [\"${gsm}\"]}", "U0407"}}) {
        recipients_of(s.keys);
        BOOST_TEST(reported(s.code), s.keys);
    }
}

BOOST_FIXTURE_TEST_CASE(the_file_of_a_stored_run_is_not_looked_at, load_world)
{
    environment.for_stored_run = true;
    recipients_of("{csv: gone.csv, phone: gsm}");
    BOOST_TEST(problems.empty());
    BOOST_TEST(columns.empty());
}

BOOST_FIXTURE_TEST_CASE(numbers_and_templates_of_numbers_make_a_list, load_world)
{
    const auto to = recipients_of("{list: [\"5551112233\", \"0555 111 22 34\"]}");
    BOOST_TEST(problems.empty());
    BOOST_TEST(to.numbers.size() == 2u);
    BOOST_TEST(to.csv.empty());
}

BOOST_AUTO_TEST_SUITE_END()
