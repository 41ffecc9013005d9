#include "ulak-sim/ready_file.hpp"

#include "sim/json.hpp"
#include "sim/registry.hpp"

#include <vector>

#include <unistd.h>

namespace ulak::simulator_program {
namespace {

namespace json = sim::json;

json::value describe_credentials(const sim::protocol_descriptor& p, const sim::options& o)
{
    std::vector<json::member> members;
    for (const auto& c : p.credentials) {
        const auto given = o.credentials.find(c.option);
        members.emplace_back(c.key, json::text(given == o.credentials.end() ? c.value : given->second));
    }
    return json::object(members);
}

} // namespace

std::string describe_ready(const command_line& line, const std::string& ca_file, unsigned short port)
{
    const auto site = "https://localhost:" + std::to_string(port);
    std::vector<json::member> urls, credentials;
    for (const auto* p : sim::protocols()) {
        urls.emplace_back(p->name, json::text(site + std::string(p->base_path)));
        credentials.emplace_back(p->name, describe_credentials(*p, line.options));
    }
    const auto host = line.listen.find(':') == std::string::npos ? line.listen : '[' + line.listen + ']';
    return json::object({{"pid", json::number(::getpid())},
                         {"ca_file", json::text(ca_file)},
                         {"address", json::text(host + ':' + std::to_string(port))},
                         {"base_urls", json::object(urls)},
                         {"credentials", json::object(credentials)},
                         {"admin", json::text(site + "/_sim/")},
                         {"seed", json::number(static_cast<std::int64_t>(line.options.seed))}}) +
           '\n';
}

} // namespace ulak::simulator_program
