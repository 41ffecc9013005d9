#include "sim/fixture.hpp"

using namespace sim_test;

namespace {

struct toplusms_fixture : sim_fixture {
    using sim_fixture::sim_fixture;

    // The header for user 5551112233 and password aabbcc112233, computed by hand; the document's own example is
    // another's.
    http::header_list basic{{"Authorization", "Basic NTU1MTExMjIzMzo1NDE1NGQyZjU3NmU4YmZmNTI0MGY2NTU3OTZkYjA3NA=="}};
    http::header_list fields{{"caption", "TOPLUSMS.TC"},
                             {"validity", "2"},
                             {"message", "Örnek mesaj denemesidir."},
                             {"numbers", "5551112233,5552223344"},
                             {"encoding", "tr"}};

    void set(const std::string& name, const std::string& value)
    {
        for (auto& f : fields)
            if (f.first == name)
                f.second = value;
    }

    http::reply send(std::string type = "application/x-www-form-urlencoded")
    {
        auto headers = basic;
        headers.emplace_back("Content-Type", std::move(type));
        return ask("POST", "/toplusms/api/v1/sms/send/normal", headers, http::form_encode(fields));
    }

    std::string queue_id() { return at(send(), "/queueId"); }
    http::reply report(const std::string& id) { return ask("GET", "/toplusms/api/v1/sms/reports/" + id, basic); }
    std::string credit() { return at(ask("GET", "/toplusms/api/v1/user/profileDetails", basic), "/balance_credit"); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(toplusms_, toplusms_fixture)

BOOST_AUTO_TEST_CASE(a_send_answers_with_an_integer_queue_id_and_costs_a_credit_each)
{
    auto r = send();
    BOOST_TEST(r.status == 200);
    BOOST_TEST(at(r, "/status") == "\"success\"");
    BOOST_TEST(parsed(r).at("queueId").is_int64());
    BOOST_TEST(mistakes() == "");
    BOOST_TEST(credit() == "\"5553\"");
}

BOOST_AUTO_TEST_CASE(the_ledger_shows_whom_a_send_reached_and_with_what)
{
    auto id = queue_id();
    auto effect = line().at("effect").as_object();
    BOOST_TEST(effect.at("id").as_string() == id);
    BOOST_TEST(effect.at("amount").as_string() == "2");
    BOOST_TEST(effect.at("recipients") == boost::json::parse(R"(["5551112233","5552223344"])"));
    BOOST_TEST(effect.at("text").as_string() == "Örnek mesaj denemesidir.");
    BOOST_TEST(effect.at("encoding").as_string() == "tr");
}

BOOST_AUTO_TEST_CASE(a_multipart_body_is_taken_like_a_form)
{
    auto body = http::multipart_encode(fields);
    auto headers = basic;
    headers.emplace_back("Content-Type", body.content_type);
    auto r = ask("POST", "/toplusms/api/v1/sms/send/normal", headers, body.body);
    BOOST_TEST(at(r, "/status") == "\"success\"");
    BOOST_TEST(mistakes() == "");
    BOOST_TEST(line().at("effect").at("text").as_string() == "Örnek mesaj denemesidir.");
}

BOOST_AUTO_TEST_CASE(mistakes_of_a_send_are_written_down)
{
    struct {
        std::string field, value, sentence, status;
    } table[] = {
        {"numbers", "555334455", "not ten digits", "\"error\""},
        {"numbers", "5551112233, 5552223344", "not ten digits", "\"success\""},
        {"numbers", "5551112233,5551112233", "stands twice", "\"success\""},
        {"encoding", "TR", "knows tr and en", "\"error\""},
        {"encoding", "utf8", "knows tr and en", "\"error\""},
        {"validity", "72", "48 hours are taken", "\"success\""},
        {"caption", "ÇOK UZUN BİR BAŞLIK", "3 to 11 ASCII", "\"error\""},
    };
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.field << " = " << t.value)
        {
            auto before = fields;
            set(t.field, t.value);
            BOOST_TEST(at(send(), "/status") == t.status);
            BOOST_TEST(mistakes().find(t.sentence) != std::string::npos, mistakes());
            fields = before;
        }
}

BOOST_AUTO_TEST_CASE(a_letter_that_english_coding_lacks_is_a_mistake)
{
    set("encoding", "en");
    set("message", "şifre");
    BOOST_TEST(at(send(), "/status") == "\"success\"");
    BOOST_TEST(mistakes().find("\"ş\"") != std::string::npos, mistakes());
}

BOOST_AUTO_TEST_CASE(json_is_no_form)
{
    BOOST_TEST(at(send("application/json"), "/status") == "\"error\"");
    BOOST_TEST(mistakes().find("no form's") != std::string::npos, mistakes());
}

BOOST_AUTO_TEST_CASE(a_parameter_of_the_url_api_is_unknown_here)
{
    fields.emplace_back("title", "DEMO");
    send();
    BOOST_TEST(mistakes().find("no parameter \"title\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(wrong_credentials_are_error_3_with_status_200)
{
    struct {
        std::string header, sentence;
    } table[] = {{"", "missing"},
                 {http::basic_authorization("5551112233", "aabbcc112233"), "wants its md5"},
                 {"Basic YWRtaW46NDI5N2Y0NGIxMzk1NTIzNTI0NWIyNDk3Mzk5ZDdhOTM=", "wrong"}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.sentence)
        {
            basic = {{"Authorization", t.header}};
            auto r = send();
            BOOST_TEST(r.status == 200);
            BOOST_TEST(at(r, "/errorCode") == "3");
            BOOST_TEST(at(r, "/errorMessage") == "\"Kullanıcı doğrulanamadı.\"");
            BOOST_TEST(mistakes().find(t.sentence) != std::string::npos, mistakes());
            BOOST_TEST(mistakes().find("aabbcc") == std::string::npos);
        }
}

BOOST_AUTO_TEST_CASE(a_report_goes_from_sent_to_delivered)
{
    auto id = queue_id();
    BOOST_TEST(at(report(id), "/queue/queue_status") == "\"sending\"");
    BOOST_TEST(at(report(id), "/queue/sent_cnt") == "\"2\"");
    pass(1600ms);
    BOOST_TEST(at(report(id), "/queue/delivered_cnt") == "\"1\"");
    pass(1s);
    auto r = report(id);
    BOOST_TEST(at(r, "/queue/queue_status") == "\"completed\"");
    BOOST_TEST(at(r, "/queue/queue_id") == '"' + id + '"');
    BOOST_TEST(at(r, "/numbers/1/status") == "\"delivered\"");
    BOOST_TEST(mistakes() == "");
}

BOOST_AUTO_TEST_CASE(reads_are_taken_as_post_with_an_empty_body_too)
{
    BOOST_TEST(at(ask("POST", "/toplusms/api/v1/user/profileDetails", basic), "/status") == "\"success\"");
    BOOST_TEST(mistakes() == "");
    ask("POST", "/toplusms/api/v1/user/profileDetails", basic, "x=1");
    BOOST_TEST(mistakes() != "");
    BOOST_TEST(at(ask("DELETE", "/toplusms/api/v1/user/profileDetails", basic), "/status") == "\"error\"");
}

BOOST_AUTO_TEST_CASE(the_url_api_takes_free_numbers_and_answers_without_status)
{
    auto r = ask("GET", "/toplusms/api/v1/sms/send?apikey=sim-toplusms-key&encoding=tr&title=DEMO&numbers="
                        "555%20111%202233%2C0(555)222%2033%2044&message=%C3%96rnek%20mesaj%20i%C3%A7eri%C4%9Fidir.");
    BOOST_TEST(at(r, "/status") == "(nothing)");
    BOOST_TEST(parsed(r).at("queueId").is_int64());
    BOOST_TEST(mistakes() == "");
    BOOST_TEST(line().at("effect").at("recipients") == boost::json::parse(R"(["5551112233","5552223344"])"));
    BOOST_TEST(boost::json::serialize(line()).find("sim-toplusms-key") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(raw_bytes_on_the_request_line_are_a_mistake)
{
    ask("GET",
        "/toplusms/api/v1/sms/send?apikey=sim-toplusms-key&encoding=tr&title=DEMO&numbers=5551112233&message=Örnek");
    BOOST_TEST(mistakes().find("percent-encoded") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(without_credit_nothing_is_sent)
{
    money("toplusms").set(decimal::from_integer(1));
    BOOST_TEST(at(send(), "/status") == "\"error\"");
    BOOST_TEST(line().at("effect").is_null());
    BOOST_TEST(credit() == "\"1\"");
}

BOOST_AUTO_TEST_CASE(faults_of_a_send_change_what_is_told_and_not_what_is_done)
{
    struct {
        std::string fault, pointer, shown;
        std::size_t reached;
    } table[] = {{"toplusms.send=queue-id-missing*1", "/queueId", "(nothing)", 2},
                 {"toplusms.send=status-missing*1", "/status", "(nothing)", 2},
                 {"toplusms.send=no-balance*1", "/status", "\"error\"", 0},
                 {"toplusms.send=error:12*1", "/errorCode", "12", 0},
                 {"toplusms.send=auth*1", "/errorCode", "3", 0},
                 {"toplusms.send=drops-number*1", "/status", "\"success\"", 1}};
    for (const auto& t : table)
        BOOST_TEST_CONTEXT(t.fault)
        {
            fault(t.fault);
            BOOST_TEST(at(send(), t.pointer) == t.shown);
            auto effect = line().at("effect");
            BOOST_TEST((effect.is_null() ? 0 : effect.at("recipients").as_array().size()) == t.reached);
        }
}

BOOST_AUTO_TEST_CASE(a_report_can_miss_a_number_or_never_complete)
{
    fault("toplusms.send=report-never-completes*1");
    auto id = queue_id();
    pass(48h);
    BOOST_TEST(at(report(id), "/queue/queue_status") == "\"sending\"");
    fault("toplusms.report=report-misses-number");
    auto second = at(report(id), "/numbers/1");
    BOOST_TEST(second == "(nothing)");
}

BOOST_AUTO_TEST_CASE(a_date_to_come_waits_for_it)
{
    fields.emplace_back("senddate", "2026-11-22 12:30:00");
    auto id = queue_id();
    BOOST_TEST(at(report(id), "/queue/queue_status") == "\"waiting\"");
    pass(30min + 3s);
    BOOST_TEST(at(report(id), "/queue/queue_status") == "\"completed\"");
}

BOOST_AUTO_TEST_SUITE_END()
