#include "ulakd/sarif.hpp"

#include "core/text.hpp"
#include "core/utf8.hpp"
#include "http/form.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <filesystem>
#include <map>

namespace ulak::daemon {

namespace json = boost::json;

namespace {

constexpr char schema[] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

// Relative paths stay relative, so that a code host finds the file in its own checkout.
std::string uri_of(const std::string& path)
{
    std::string out = path.starts_with('/') ? "file://" : "";
    bool first = true;
    for (std::string_view part : split(path, '/')) {
        out += (first ? "" : "/") + http::percent_encode(part);
        first = false;
    }
    return out;
}

json::object location_of(const yaml::problem& p)
{
    json::object where{{"artifactLocation", json::object{{"uri", uri_of(p.at.file)}}}};
    if (p.at.line == 0)
        return where;
    json::object region{{"startLine", p.at.line}};
    if (p.at.column > 0)
        region["startColumn"] = p.at.column;
    if (!p.source.empty())
        region["snippet"] = json::object{{"text", p.source}};
    where["region"] = std::move(region);
    return where;
}

json::object result_of(const yaml::problem& p, std::size_t rule)
{
    const std::string text = p.hint.empty() ? p.text : p.text + " (" + p.hint + ")";
    json::array places;
    places.push_back(json::object{{"physicalLocation", location_of(p)}});
    return {{"ruleId", p.code},
            {"ruleIndex", rule},
            {"level", p.level == yaml::severity::error ? "error" : "warning"},
            {"message", json::object{{"text", text}}},
            {"locations", std::move(places)}};
}

} // namespace

std::string check_sarif(const check_report& report)
{
    json::array rules, results;
    std::map<std::string, std::size_t> index;
    for (const yaml::problem& p : report.problems) {
        const auto [at, fresh] = index.emplace(p.code, rules.size());
        if (fresh)
            rules.push_back(json::object{{"id", p.code}});
        results.push_back(result_of(p, at->second));
    }
    json::object driver{{"name", "ulakctl check"}, {"version", ULAK_VERSION}, {"rules", std::move(rules)}};
    json::object run{{"tool", json::object{{"driver", std::move(driver)}}},
                     {"columnKind", "unicodeCodePoints"},
                     {"results", std::move(results)}};
    json::array runs;
    runs.push_back(std::move(run));
    const json::object log{{"$schema", schema}, {"version", "2.1.0"}, {"runs", std::move(runs)}};
    return to_valid_utf8(json::serialize(log)) + "\n"; // a file's name may be anything
}

} // namespace ulak::daemon
