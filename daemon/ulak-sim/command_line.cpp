#include "ulak-sim/command_line.hpp"

#include "core/text.hpp"
#include "core/wall_time.hpp"
#include "sim/digits.hpp"
#include "sim/registry.hpp"

#include <boost/json/parse.hpp>

#include <CLI/CLI.hpp>

#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <stdexcept>

namespace ulak::simulator_program {
namespace {

constexpr const char* examples =
    "Examples:\n"
    "  ulak-sim --ready-file sim.json &\n"
    "  curl --cacert $(jq -r .ca_file sim.json) $(jq -r '.base_urls[\"smmonayim-numbers\"]' "
    "sim.json)/sim-smm-key/getBalance\n"
    "  curl --cacert $(jq -r .ca_file sim.json) $(jq -r .admin sim.json)         # every route and every fault\n"
    "  ulak-sim --fault 'tamonay.order=drop-after*1' --fault 'toplusms.*=429:30*2@5'\n"
    "  ulak-sim --otp-code 012345 --otp-after 10s --fault 'numbers.cancelNumber=cancel-refused:3'\n"
    "\n";

/// Every credential of the registry with its value, in lines that a terminal holds; shared ones once.
std::string list_credentials()
{
    constexpr std::size_t line_width = 115;
    std::string text = "Credentials (change with --credential NAME=VALUE):";
    std::set<std::string_view> listed;
    std::size_t line_begin = 0;
    for (const auto* p : sim::protocols())
        for (const auto& c : p->credentials) {
            if (!listed.insert(c.option).second)
                continue;
            if (listed.size() > 1)
                text += ',';
            const auto entry = std::string(c.option) + ' ' + std::string(c.value);
            const bool fits = text.size() - line_begin + 1 + entry.size() < line_width;
            text += fits ? ' ' : '\n';
            if (!fits)
                line_begin = text.size();
            text += entry;
        }
    return text + ". Nothing here costs money or reaches a person.";
}

/// The texts as they came, before they mean anything.
struct option_texts {
    std::vector<std::string> faults, fault_files, balances, stocks, prices, credentials;
    std::string otp_after, otp_code, delivery_after, order_after, number_life, refund_window;
};

[[noreturn]] void usage_error(const std::string& option, const std::string& why)
{
    throw CLI::ValidationError(option, why);
}

void read_duration(const std::string& option, const std::string& text, std::chrono::milliseconds& into)
{
    if (text.empty())
        return;
    auto d = parse_duration(text);
    if (!d)
        usage_error(option, d.error().message);
    into = *d;
}

std::pair<std::string, std::string> split_pair(const std::string& option, const std::string& text)
{
    auto equals = text.find('=');
    if (equals == std::string::npos)
        usage_error(option, "\"" + text + "\" is not NAME=VALUE");
    return {text.substr(0, equals), text.substr(equals + 1)};
}

void read_balance(const std::string& text, sim::options& into)
{
    auto [name, amount_text] = split_pair("--balance", text);
    const auto* p = sim::find_protocol(name);
    auto amount = decimal::parse(amount_text);
    if (!p || !amount)
        usage_error("--balance", "\"" + text + "\" is not PROTOCOL=AMOUNT");
    into.balances[std::string(p->name)] = *amount;
}

/// "tamonay or smmonayim-numbers"
std::string renting_protocols()
{
    std::string names;
    for (const auto* p : sim::protocols())
        if (p->goods.numbers)
            append_joined(names, " or ", p->name);
    return names;
}

service_setting read_service(const std::string& option, const std::string& text)
{
    auto [where, value] = split_pair(option, text);
    auto dot = where.find('.');
    const auto* p = sim::find_protocol(where.substr(0, dot));
    auto id = dot == std::string::npos ? std::nullopt : sim::parse_id(where.substr(dot + 1));
    bool rents = p && p->goods.numbers;
    bool sound = option == "--stock" ? sim::parse_id(value).has_value() : decimal::parse(value).has_value();
    if (!rents || !id || !sound)
        usage_error(option, "\"" + text + "\" is not PROTOCOL.SERVICE=NUMBER with " + renting_protocols());
    service_setting s;
    s.protocol = p;
    s.service = static_cast<std::int64_t>(*id);
    s.value = value;
    return s;
}

void read_credential(const std::string& text, sim::options& into)
{
    auto [name, value] = split_pair("--credential", text);
    if (!sim::find_credential(name))
        usage_error("--credential", "there is no credential \"" + name + "\"");
    into.credentials[name] = value;
}

void read_fault_file(const std::string& path, std::vector<sim::fault>& into)
{
    std::ifstream file(path);
    if (!file)
        usage_error("--faults", path + " cannot be read");
    std::string text{std::istreambuf_iterator<char>(file), {}};
    boost::system::error_code failed;
    auto v = boost::json::parse(text, failed);
    if (failed)
        usage_error("--faults", path + " is not JSON");
    auto faults = sim::faults_from_json(v);
    if (!faults)
        usage_error("--faults", path + ": " + faults.error().message);
    into.insert(into.end(), faults->begin(), faults->end());
}

void read_texts(const option_texts& w, command_line& line)
{
    read_duration("--otp-after", w.otp_after, line.options.otp_after);
    read_duration("--delivery-after", w.delivery_after, line.options.delivery_after);
    read_duration("--order-after", w.order_after, line.options.order_after);
    read_duration("--number-life", w.number_life, line.options.number_life);
    read_duration("--refund-window", w.refund_window, line.options.refund_window);
    if (!w.otp_code.empty())
        line.options.otp_code = w.otp_code;
    for (const auto& text : w.balances)
        read_balance(text, line.options);
    for (const auto& text : w.stocks)
        line.stocks.push_back(read_service("--stock", text));
    for (const auto& text : w.prices)
        line.prices.push_back(read_service("--price", text));
    for (const auto& text : w.credentials)
        read_credential(text, line.options);
    for (const auto& text : w.faults) {
        auto f = sim::parse_fault(text);
        if (!f)
            usage_error("--fault", "\"" + text + "\": " + f.error().message);
        line.faults.push_back(std::move(*f));
    }
    for (const auto& path : w.fault_files)
        read_fault_file(path, line.faults);
}

/// A list may hold several words only by naming the option again, so that a value never eats what follows.
void add_list(CLI::App& app, const std::string& name, std::vector<std::string>& into, const std::string& help)
{
    app.add_option(name, into, help)->take_all()->expected(1)->allow_extra_args(false);
}

void add_options(CLI::App& app, command_line& line, option_texts& w)
{
    app.add_option("--listen", line.listen, "loopback address")->capture_default_str();
    app.add_option("--port", line.port, "0: any free one")->capture_default_str();
    app.add_option("--directory", line.directory, "where ca.pem and its key are kept; default: temporary");
    app.add_option("--ready-file", line.ready_file,
                   "JSON with addresses, CA and credentials; default: standard output");
    app.add_option("--ledger", line.options.log_file, "append one JSON line for each request");
    app.add_flag("!--no-sync", line.options.log_sync, "do not fdatasync the ledger");
    add_list(app, "--fault", w.faults, "PROTOCOL.OPERATION=WHAT[:PARAM][*TIMES][@AFTER]; repeatable");
    add_list(app, "--faults", w.fault_files, "JSON file with faults");
    app.add_option("--otp-after", w.otp_after, "from an order to its SMS (3s)");
    app.add_option("--otp-code", w.otp_code, "always this code; default: six random digits");
    app.add_option("--delivery-after", w.delivery_after, "from a send to its last delivery (2s)");
    app.add_option("--order-after", w.order_after, "from a panel order to its end (8s)");
    app.add_option("--number-life", w.number_life, "until a number expires, with refund (20m)");
    app.add_option("--refund-window", w.refund_window, "after it cancelNumber answers false (10m)");
    add_list(app, "--balance", w.balances, "PROTOCOL=AMOUNT; repeatable");
    add_list(app, "--stock", w.stocks, "PROTOCOL.SERVICE=NUMBER; repeatable");
    add_list(app, "--price", w.prices, "PROTOCOL.SERVICE=AMOUNT; repeatable");
    add_list(app, "--sender", line.options.senders, "an approved title; repeatable; default: every well-formed one");
    add_list(app, "--credential", w.credentials, "NAME=VALUE; repeatable");
    app.add_option("--seed", line.options.seed, "for the same ids, numbers and codes again; default: random");
    app.add_flag("--log", line.options.log_to_stderr, "the ledger's lines on standard error too");
}

} // namespace

parsed parse_command_line(int argc, char** argv)
{
    CLI::App app("Simulates the protocols of Ulak's providers over HTTPS on loopback.", "ulak-sim");
    app.footer(examples + list_credentials());
    app.set_version_flag("--version", ULAK_VERSION);
    command_line line;
    line.options.seed = std::random_device()();
    option_texts w;
    add_options(app, line, w);
    try {
        app.parse(argc, argv);
        read_texts(w, line);
    } catch (const CLI::ParseError& e) {
        return parsed(app.exit(e) == 0 ? 0 : 2);
    }
    return parsed(std::move(line));
}

} // namespace ulak::simulator_program
