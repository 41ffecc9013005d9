// Lists as people have them: which rows are sent to, which are left out and why, and which files are refused.
#include "kinds/sms_send/recipient_source.hpp"
#include "kinds/sms_stage_world.hpp"

#include <boost/json/parse.hpp>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

#include <iconv.h>

BOOST_AUTO_TEST_SUITE(sms_field_files_)

namespace {

using namespace ulak;
using namespace ulak::tests;
namespace json = boost::json;

const std::string field = ULAK_SOURCE_DIR "/tests/kinds/field/";

/// "{i}" counts up, "{i7}" with seven digits.
std::string counted_text(std::string text, std::int64_t i)
{
    std::string seven = std::to_string(i);
    seven.insert(0, seven.size() < 7 ? 7 - seven.size() : 0, '0');
    for (const auto& [sign, value] : {std::pair<std::string, std::string>{"{i}", std::to_string(i)}, {"{i7}", seven}})
        for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign))
            text.replace(at, sign.size(), value);
    return text;
}

std::string text_of_pieces(const json::value& v)
{
    if (v.is_string())
        return std::string(v.get_string());
    std::string all;
    for (const auto& piece : v.as_array()) {
        const bool counts = piece.as_array().size() > 2;
        for (std::int64_t n = 0; n < piece.at(1).to_number<std::int64_t>(); ++n)
            all += counts
                       ? counted_text(std::string(piece.at(0).as_string()), piece.at(2).to_number<std::int64_t>() + n)
                       : std::string(piece.at(0).as_string());
    }
    return all;
}

std::string encoded(std::string text, const std::string& encoding)
{
    const iconv_t to = ::iconv_open(encoding == "utf-16"   ? "UTF-16"
                                    : encoding == "cp1254" ? "CP1254"
                                                           : "UTF-16LE",
                                    "UTF-8");
    std::string out(text.size() * 2 + 16, '\0');
    char* in = text.data();
    char* end = out.data();
    std::size_t left = text.size(), room = out.size();
    BOOST_TEST_REQUIRE(::iconv(to, &in, &left, &end, &room) != static_cast<std::size_t>(-1));
    ::iconv_close(to);
    out.resize(out.size() - room);
    return out;
}

std::string content_of(const json::object& c)
{
    if (const auto* file = c.if_contains("file")) {
        std::ifstream in(field + std::string(file->as_string()), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    const auto text = text_of_pieces(c.at("csv"));
    const auto* encoding = c.if_contains("encoding");
    return encoding ? encoded(text, std::string(encoding->as_string())) : text;
}

struct files_world : sms_world {
    /// What became of each line: "NUMBER=text", or a reason; and the error that ended the reading.
    struct outcome {
        std::map<std::int64_t, std::string> lines{};
        std::string failure{}, form{};
        std::size_t sent = 0;
    };

    outcome read(const json::object& c)
    {
        const auto& job = c.at("job").as_object();
        kinds::sms::settings s;
        write("list.csv", content_of(c));
        s.recipients.csv = folder + "/list.csv";
        s.recipients.form.column = std::string(job.at("phone").as_string());
        s.recipients.stop_on_invalid = job.contains("on_invalid");
        s.message.text = job::text_template::parse(std::string(job.at("text").as_string())).value();
        sms::text_limits limits;
        limits.max_segments = 6;
        if (const auto* message = job.if_contains("message"))
            limits.max_segments = message->at("max_segments").to_number<std::size_t>();
        const std::map<std::string, std::string> none;
        outcome out;
        auto source = sms::recipient_source::open(s, none, limits, {});
        if (!source) {
            out.failure = source.error().message;
            return out;
        }
        for (auto item = source->next();; item = source->next()) {
            if (!item)
                out.failure = item.error().message;
            if (!item || !*item)
                break;
            const bool pending = (*item)->state == ledger::item_state::pending;
            const std::string text = source->common_text() ? source->common_text()->text : (*item)->text;
            out.sent += pending ? 1 : 0;
            out.lines[(*item)->line] = pending ? (*item)->phone + "=" + text : (*item)->reason;
        }
        out.form = json::serialize(source->form());
        return out;
    }
};

bool matches(const json::value& wanted, const std::string& got)
{
    const std::string text(wanted.as_string());
    if (text.find('=') == 10 || text == got) // of one person, as it is
        return text == got;
    static const std::string any_case = "(?i)";
    std::string plain = text;
    for (auto at = plain.find(any_case); at != std::string::npos; at = plain.find(any_case))
        plain.erase(at, any_case.size());
    const std::regex expression(plain,
                                plain == text ? std::regex::ECMAScript : std::regex::ECMAScript | std::regex::icase);
    return std::regex_search(got, expression);
}

void judge(const json::object& c, const files_world::outcome& got)
{
    const auto* refuse = c.if_contains("refuse");
    if (refuse && !got.failure.empty()) {
        for (const auto& part : refuse->as_array())
            BOOST_TEST(matches(part, got.failure), part << " is not in: " << got.failure);
        return;
    }
    BOOST_TEST(got.failure == "");
    if (const auto* all = c.if_contains("all"))
        BOOST_TEST(got.sent == all->to_number<std::size_t>());
    if (const auto* says = c.if_contains("says"))
        for (const auto& part : says->as_array())
            BOOST_TEST(matches(part, got.form), got.form);
    const auto* rows = c.if_contains("rows");
    if (!rows)
        return;
    std::set<std::int64_t> told;
    for (const auto& [line, outcomes] : rows->as_object()) {
        const auto at = std::stoll(std::string(line));
        told.insert(at);
        const auto found = got.lines.find(at);
        const std::string what = found == got.lines.end() ? "-" : found->second;
        bool right = false;
        for (const auto& one : outcomes.as_array())
            right = right || matches(one, what);
        BOOST_TEST(right, "line " << at << ": " << what << ", wanted " << outcomes);
    }
    for (const auto& [line, what] : got.lines)
        BOOST_TEST(told.contains(line), "line " << line << ": " << what << ", of which nothing was said");
}

} // namespace

BOOST_FIXTURE_TEST_CASE(each_list_is_read_or_refused_as_its_owner_means_it, files_world)
{
    std::ifstream lines(field + "sms_files.jsonl");
    std::size_t cases = 0;
    for (std::string line; std::getline(lines, line); ++cases) {
        const auto c = json::parse(line).as_object();
        BOOST_TEST_CONTEXT(c.at("id"))
        {
            judge(c, read(c));
        }
    }
    BOOST_TEST(cases == 63u);
}

BOOST_AUTO_TEST_SUITE_END()
