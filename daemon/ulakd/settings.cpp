#include "ulakd/settings.hpp"

#include "core/text.hpp"
#include "http/message.hpp"
#include "http/trust.hpp"
#include "ulakd/account_settings.hpp"
#include "ulakd/channel_settings.hpp"
#include "ulakd/codes.hpp"
#include "ulakd/folder_access.hpp"
#include "ulakd/masked_settings.hpp"
#include "ulakd/settings_table.hpp"
#include "ulakd/shared_logins.hpp"
#include "yaml/load.hpp"
#include "yaml/parse.hpp"
#include "yaml/reader.hpp"
#include "yaml/shape_check.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <memory>

namespace ulak::daemon {

namespace fs = std::filesystem;

namespace {

std::string absolute_to(const std::string& dir, const std::string& path)
{
    return (fs::path(dir) / path).lexically_normal().string();
}

std::string config_folder(const std::string& file)
{
    std::error_code ignored;
    const fs::path whole = fs::absolute(file, ignored);
    return whole.parent_path().lexically_normal().string();
}

void read_zone(const yaml::reader& in, settings& out, yaml::problems& found)
{
    auto zone = time_zone::find(in.text("time_zone"));
    if (!zone)
        found.push_back(in.problem_at("time_zone", code::time_zone, zone.error().message));
    else
        out.zone = *zone;
}

void read_folders(const yaml::reader& in, settings& out)
{
    const char* systemd = std::getenv("STATE_DIRECTORY");
    const std::string state = systemd && *systemd ? systemd : "/var/lib/ulak";
    out.state_dir = absolute_to(out.config_dir, in.has("state_dir") ? in.text("state_dir") : state);
    out.jobs_dir = absolute_to(out.config_dir, in.text("jobs_dir"));
}

void read_control(const yaml::reader& in, settings& out)
{
    out.socket = absolute_to(out.config_dir, in.text("socket"));
    const std::string beside = fs::path(out.socket).replace_filename("view.sock").string();
    out.view_socket = in.has("view_socket") ? absolute_to(out.config_dir, in.text("view_socket")) : beside;
}

void read_metrics(const yaml::reader& in, settings& out, yaml::problems& found)
{
    if (!in.has("listen"))
        return;
    const std::string text = in.text("listen");
    const auto colon = text.rfind(':');
    unsigned port = 0;
    if (colon != std::string::npos)
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
    const std::string_view digits =
        colon == std::string::npos ? std::string_view() : std::string_view(text).substr(colon + 1);
    if (digits.empty() || (port == 0 && digits != "0") || port > 65535) {
        found.push_back(in.problem_at("listen", code::address, "this is not ADDRESS:PORT",
                                      "write 127.0.0.1:9464; port 0 takes a free one"));
        return;
    }
    out.metrics_address = text.substr(0, colon);
    out.metrics_port = static_cast<unsigned short>(port);
}

void read_log(const yaml::reader& in, settings& out)
{
    using events::format;
    using events::level;
    for (level l : {level::debug, level::info, level::notice, level::warning, level::error})
        if (in.text("level") == events::name(l))
            out.log.min_level = l;
    const std::string form = in.text("format");
    out.log.format = form == "journald" ? format::journald
                     : form == "text"   ? format::text
                     : form == "json"   ? format::json
                                        : format::automatic;
    if (in.has("file"))
        out.log.file = absolute_to(out.config_dir, in.text("file"));
}

void read_retention(const yaml::reader& in, settings& out)
{
    out.retention.runs = in.duration("runs");
    out.retention.items = in.duration("items");
    out.retention.codes = in.duration("codes");
}

void read_otp(const yaml::reader& in, settings& out, yaml::problems& found)
{
    const auto positive = [&](const char* key, money& to) {
        to = in.amount(key);
        if (to.amount.zero())
            found.push_back(in.problem_at(key, code::number, "nothing could be bought for this",
                                          "`ulakctl pause otp-by-hand` stops codes without a job file"));
    };
    positive("max_price", out.otp.max_price);
    positive("day", out.otp.day);
    if (!in.has("max_price") && out.otp.max_price.unit == out.otp.day.unit)
        out.otp.max_price.amount = std::min(out.otp.max_price.amount, out.otp.day.amount);
    if (out.otp.max_price.unit != out.otp.day.unit)
        found.push_back(
            in.problem_at(in.has("day") ? "day" : "max_price", code::number,
                          "otp.max_price is in " + out.otp.max_price.unit + ", otp.day in " + out.otp.day.unit,
                          "give both in the unit in which the accounts are paid"));
    else if (out.otp.max_price.amount > out.otp.day.amount)
        found.push_back(
            in.problem_at(in.has("max_price") ? "max_price" : "day", code::number,
                          "one number may cost " + out.otp.max_price.text() + ", a whole day " + out.otp.day.text(),
                          "make `max_price` at most as large as `day`"));
}

void read_tls(const yaml::reader& in, settings& out, yaml::problems& found)
{
    if (!in.has("ca_file"))
        return;
    out.ca_file = absolute_to(out.config_dir, in.text("ca_file"));
    if (auto usable = http::check_ca_file(out.ca_file); !usable)
        found.push_back(in.problem_at("ca_file", code::path, usable.error().message, "give certificates in PEM"));
}

void read_all(const yaml::reader& in, secret_sources places, settings& out, yaml::problems& found)
{
    read_zone(in, out, found);
    read_folders(in, out);
    read_control(in.record("control"), out);
    read_metrics(in.record("metrics"), out, found);
    read_log(in.record("log"), out);
    read_retention(in.record("retention"), out);
    read_otp(in.record("otp"), out, found);
    read_tls(in.record("tls"), out, found);
    for (auto& [name, account] : in.entries("accounts"))
        read_account(name, account, places, out.ca_file, out.accounts, found);
    if (!places.skip_lookup)
        report_shared_logins(in, out.accounts, found);
    for (auto& [name, channel] : in.entries("channels"))
        read_channel(name, channel, places, out, found);
}

void read_document(std::string text, const yaml::shape_ptr& table, bool without_secrets, settings& out,
                   yaml::problems& found)
{
    auto doc = yaml::parse(std::move(text), out.file, found);
    if (!doc)
        return;
    const auto shared = std::make_shared<const yaml::document>(std::move(*doc));
    yaml::check(*shared, *table, found);
    if (shared->root.node_kind == yaml::node::kind::map)
        read_all(yaml::reader(shared, table), {out.config_dir, out.allow_literal_secrets, without_secrets}, out, found);
}

} // namespace

settings read_settings(const std::string& path, bool allow_literal_secrets, yaml::problems& found, bool without_secrets)
{
    settings out;
    out.file = path;
    out.config_dir = config_folder(path);
    out.allow_literal_secrets = allow_literal_secrets;
    yaml::problems own;
    auto text = yaml::read_file(path, own);
    if (!text) {
        std::ranges::move(own, std::back_inserter(found));
        return out;
    }
    const yaml::shape_ptr table = settings_table();
    const settings_mask mask(*text, *table);
    read_document(std::move(*text), table, without_secrets, out, own);
    for (yaml::problem& p : own)
        mask.apply(p);
    std::ranges::move(own, std::back_inserter(found));
    return out;
}

std::optional<settings> load_settings(const std::string& path, bool allow_literal_secrets, yaml::problems& found)
{
    yaml::problems own;
    settings out = read_settings(path, allow_literal_secrets, own);
    check_folders(out, own);
    refuse_open_files(own);
    const bool bad = yaml::has_errors(own);
    found.insert(found.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    if (bad)
        return std::nullopt;
    return out;
}

} // namespace ulak::daemon
