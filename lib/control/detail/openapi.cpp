#include "control/detail/openapi.hpp"

#include "control/detail/json_reply.hpp"
#include "control/detail/routes.hpp"
#include "core/text.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace ulak::control {

namespace json = boost::json;

namespace {

constexpr std::string_view flags[] = {"follow", "all", "dry_run"};
constexpr std::string_view numbers[] = {"limit", "n"};

json::object schema_of(std::string_view key)
{
    if (std::ranges::find(flags, key) != std::end(flags))
        return {{"type", "string"}, {"enum", json::array{"1", "0", "true", "false", "yes", "no", "on", "off"}}};
    if (std::ranges::find(numbers, key) != std::end(numbers))
        return {{"type", "integer"}, {"minimum", 1}};
    return {{"type", "string"}};
}

json::object parameter(std::string_view name, std::string_view in)
{
    json::object p{{"name", name}, {"in", in}, {"schema", schema_of(name)}};
    if (in == "path")
        p["required"] = true;
    return p;
}

json::array parameters_of(const route& r)
{
    json::array all;
    for (const std::string_view part : split(r.pattern, '/'))
        if (part.starts_with('{'))
            all.push_back(parameter(part.substr(1, part.size() - 2), "path"));
    for (const std::string_view key : split(r.query, ','))
        if (!key.empty())
            all.push_back(parameter(key, "query"));
    if (r.pattern.ends_with("/runs") && r.method == "POST")
        all.push_back(parameter("Idempotency-Key", "header"));
    return all;
}

std::string_view media_type_of(const route& r)
{
    if (r.pattern == "/metrics")
        return "text/plain";
    return r.pattern == "/v1/events" ? "application/x-ndjson" : "application/json";
}

json::object content(std::string_view media_type, json::object schema)
{
    return {{media_type, json::object{{"schema", std::move(schema)}}}};
}

/// "postJobsJobRuns": unique, since method and path are.
std::string id_of(const route& r)
{
    std::string id = lower_ascii(r.method);
    bool next = true;
    for (const char c : r.pattern.starts_with("/v1") ? r.pattern.substr(3) : r.pattern) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (word)
            id.push_back(next && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        next = !word;
    }
    return id;
}

json::object operation(const route& r)
{
    const json::object any{{"type", "object"}};
    json::object problem{{"description", "Refused: type, title, status, detail and code say why."},
                         {"content", content("application/problem+json", {{"$ref", "#/components/schemas/problem"}})}};
    json::object good{
        {"description", "As asked."},
        {"content",
         content(media_type_of(r), media_type_of(r) == "application/json" ? any : json::object{{"type", "string"}})}};
    json::object o{{"operationId", id_of(r)},
                   {"summary", r.help},
                   {"tags", json::array{r.required_level >= access_level::operate ? "operate" : "view"}},
                   {"parameters", parameters_of(r)},
                   {"responses", json::object{{"2XX", std::move(good)}, {"default", std::move(problem)}}}};
    if (r.method != "GET")
        o["requestBody"] = json::object{{"required", false}, {"content", content("application/json", any)}};
    return o;
}

} // namespace

json::object openapi_document()
{
    json::object paths;
    for (const route& r : routes())
        paths.emplace(r.pattern, json::object()).first->value().get_object()[lower_ascii(r.method)] = operation(r);
    json::object text{{"type", "string"}};
    json::object problem{{"type", "object"},
                         {"required", json::array{"title", "status", "detail", "code"}},
                         {"properties", json::object{{"type", text},
                                                     {"title", text},
                                                     {"status", json::object{{"type", "integer"}}},
                                                     {"detail", text},
                                                     {"code", text}}}};
    return {{"openapi", "3.1.0"},
            {"info",
             json::object{{"title", "Ulak's control API"},
                          {"version", ULAK_VERSION},
                          {"description", "HTTP over the Unix sockets ulak.sock (operate) and view.sock (read only, "
                                          "masked). Unknown query keys and keys of a body are refused."}}},
            {"servers", json::array{json::object{{"url", "http://ulak"}}}},
            {"paths", std::move(paths)},
            {"components", json::object{{"schemas", json::object{{"problem", std::move(problem)}}}}}};
}

task<http::reply> get_openapi(request_context& c)
{
    co_return json_reply(c, openapi_document());
}

} // namespace ulak::control
