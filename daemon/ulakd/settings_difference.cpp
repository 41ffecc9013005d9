#include "ulakd/settings_difference.hpp"

#include "ulakd/codes.hpp"

#include <algorithm>

namespace ulak::daemon {

namespace {

using providers::account_settings;

bool same_secrets(const std::map<std::string, secret>& a, const std::map<std::string, secret>& b)
{
    return std::ranges::equal(
        a, b, [](const auto& x, const auto& y) { return x.first == y.first && x.second.same_as(y.second.reveal()); });
}

bool same_rate(const std::optional<yaml::rate_value>& a, const std::optional<yaml::rate_value>& b)
{
    return a.has_value() == b.has_value() && (!a || (a->per_second == b->per_second && a->unit == b->unit));
}

bool same(const account_settings& a, const account_settings& b)
{
    return a.provider == b.provider && a.base_url == b.base_url && a.ca_file == b.ca_file &&
           same_rate(a.pace, b.pace) && a.connections == b.connections && a.timeout == b.timeout &&
           a.day_budget == b.day_budget && a.price_per_segment == b.price_per_segment && a.shared == b.shared &&
           a.purchases == b.purchases && same_secrets(a.secrets, b.secrets) && a.options == b.options &&
           a.lists == b.lists;
}

bool same(const channel_settings& a, const channel_settings& b)
{
    auto digits = [](const phone& p) { return p.digits(); };
    return a.kind == b.kind && a.url == b.url && a.sign.same_as(b.sign.reveal()) && a.account == b.account &&
           a.sender == b.sender && a.arguments == b.arguments && std::ranges::equal(a.to, b.to, {}, digits, digits);
}

template<class T>
const T* find(const std::vector<T>& all, const std::string& name)
{
    const auto found = std::ranges::find(all, name, &T::name);
    return found == all.end() ? nullptr : &*found;
}

class settings_comparison {
  public:
    settings_comparison(const settings& now, const settings& fresh, const engine::account_uses& uses)
        : now_(now), fresh_(fresh), accounts_in_use_(uses)
    {}

    settings_difference take()
    {
        for (const account_settings& account : fresh_.accounts)
            compare_account(account, find(now_.accounts, account.name));
        for (const account_settings& account : now_.accounts)
            if (!find(fresh_.accounts, account.name))
                change_unused_account(account.name, "removed");
        compare_channels();
        compare_other_settings();
        return std::move(out_);
    }

  private:
    void compare_account(const account_settings& fresh, const account_settings* now)
    {
        if (now && same(*now, fresh))
            out_.unchanged_accounts.insert(fresh.name);
        else if (now && now->provider != fresh.provider)
            refuse("account " + fresh.name + " cannot go to another provider: what is stored under its name is " +
                       now->provider + "'s",
                   "give the new account a name of its own");
        else if (now)
            change_unused_account(fresh.name, "changed");
        else
            out_.changed.push_back("accounts." + fresh.name);
    }

    void change_unused_account(const std::string& name, const std::string& how)
    {
        if (const auto use = accounts_in_use_.find(name); use != accounts_in_use_.end())
            refuse("account " + name + " cannot be " + how + " now: " + use->second,
                   "reload again when it has ended, or restart ulakd: runs go on after it");
        else
            out_.changed.push_back("accounts." + name);
    }

    void compare_channels()
    {
        for (const channel_settings& channel : fresh_.channels)
            if (const auto* before = find(now_.channels, channel.name); !before || !same(*before, channel))
                out_.changed.push_back("channels." + channel.name);
        for (const channel_settings& channel : now_.channels)
            if (!find(fresh_.channels, channel.name))
                out_.changed.push_back("channels." + channel.name);
    }

    void compare_other_settings()
    {
        require_unchanged(now_.zone == fresh_.zone, "time_zone");
        require_unchanged(now_.state_dir == fresh_.state_dir, "state_dir");
        require_unchanged(now_.jobs_dir == fresh_.jobs_dir, "jobs_dir");
        require_unchanged(now_.socket == fresh_.socket && now_.view_socket == fresh_.view_socket, "control");
        require_unchanged(now_.metrics_address == fresh_.metrics_address && now_.metrics_port == fresh_.metrics_port,
                          "metrics");
        require_unchanged(now_.log.format == fresh_.log.format && now_.log.file == fresh_.log.file,
                          "log.format and log.file");
        if (now_.log.min_level != fresh_.log.min_level)
            out_.changed.emplace_back("log.level");
        if (now_.ca_file != fresh_.ca_file)
            out_.changed.emplace_back("tls");
        if (now_.otp != fresh_.otp)
            out_.changed.emplace_back("otp");
        if (now_.retention.runs != fresh_.retention.runs || now_.retention.items != fresh_.retention.items ||
            now_.retention.codes != fresh_.retention.codes)
            out_.changed.emplace_back("retention");
    }

    void require_unchanged(bool as_before, const std::string& key)
    {
        if (!as_before)
            refuse(key + " cannot change while ulakd runs", "systemctl restart ulakd: runs go on after it");
    }

    void refuse(std::string text, std::string remedy)
    {
        out_.refused.push_back(
            {{fresh_.file, 0, 0}, yaml::severity::error, code::needs_restart, std::move(text), std::move(remedy), {}});
    }

    const settings& now_;
    const settings& fresh_;
    const engine::account_uses& accounts_in_use_;
    settings_difference out_{};
};

} // namespace

settings_difference compare(const settings& now, const settings& fresh, const engine::account_uses& uses)
{
    return settings_comparison(now, fresh, uses).take();
}

} // namespace ulak::daemon
