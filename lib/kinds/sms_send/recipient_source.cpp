#include "kinds/sms_send/recipient_source.hpp"

#include "core/text.hpp"
#include "kinds/purchase/message_rules.hpp"

#include <algorithm>

namespace ulak::kinds::sms {
namespace {

/// Characters of an unusable number that are stored for the operator to see.
constexpr std::size_t max_shown_invalid = 40;

} // namespace

result<recipient_source> recipient_source::open(const settings& s, const std::map<std::string, std::string>& params,
                                                const text_limits& limits, phone_set suppressed)
{
    recipient_source made(s, params, limits, std::move(suppressed));
    if (!s.recipients.csv.empty()) {
        auto file = csv_file::open(s.recipients.csv, s.recipients.fence);
        if (!file)
            return error(file.error().code == errc::not_found ? errc::not_found : errc::validation,
                         "recipients: " + file.error().message);
        made.file_ = std::move(*file);
    }
    if (auto fit = made.find_columns(); !fit)
        return fit.error();
    return made;
}

/// Finds the columns that the text names. Without any, the text is common to all and measured once.
result<void> recipient_source::find_columns()
{
    if (file_)
        for (std::size_t i = 0; i < file_->columns().size(); ++i)
            columns_.emplace(file_->columns()[i], i);
    if (file_) {
        const auto phone = columns_.find(settings_.recipients.phone_column);
        if (phone == columns_.end())
            return error(errc::validation, "recipients: the file has no column " + settings_.recipients.phone_column);
        phone_column_ = phone->second;
    }
    bool personal = false;
    for (const std::string& name : settings_.message.text.names())
        personal = personal || columns_.contains(name);
    for (const std::string& name : settings_.message.text.required_names())
        if (const auto at = columns_.find(name); at != columns_.end())
            required_columns_.push_back(at->second);
    if (personal)
        return {};
    ledger::item_record no_item;
    const auto text = render(no_item);
    if (!text)
        return error(errc::validation, problem_);
    auto fits = measure(*text, limits_);
    if (!fits)
        return fits.error();
    common_text_ = std::move(*fits);
    return {};
}

/// Columns go before parameters of the same name. Nothing, with `problem_` set, where a name has no value.
std::optional<std::string> recipient_source::render(ledger::item_record& item)
{
    auto text = settings_.message.text.render([&](std::string_view name) -> const std::string* {
        if (const auto column = columns_.find(name); column != columns_.end())
            return column->second < row_.cells.size() ? &row_.cells[column->second] : nullptr;
        const auto param = params_.find(std::string(name));
        return param == params_.end() ? nullptr : &param->second;
    });
    if (text)
        return std::move(*text);
    problem_ = text.error().message;
    item.reason = "text";
    return std::nullopt;
}

/// Reads the next recipient into `row_` and `raw_number_`. False at the end.
result<bool> recipient_source::read_row()
{
    if (!file_) {
        if (list_index_ >= settings_.recipients.numbers.size())
            return false;
        auto number =
            settings_.recipients.numbers[list_index_].render([&](std::string_view name) -> const std::string* {
                const auto param = params_.find(std::string(name));
                return param == params_.end() ? nullptr : &param->second;
            });
        raw_number_ = number ? *number : std::string();
        row_.line = ++list_index_;
        return true;
    }
    auto more = file_->next(row_);
    if (more && *more)
        raw_number_ = phone_column_ < row_.cells.size() ? row_.cells[phone_column_] : std::string();
    return more;
}

/// Sets the item's state, reason, segments and its own text. `problem_` says what is wrong with an unusable one.
void recipient_source::validate(ledger::item_record& item)
{
    item.state = ledger::item_state::skipped;
    const auto invalid = [&](std::string reason, std::string why) {
        item.reason = std::move(reason);
        problem_ = std::move(why);
    };
    auto number = phone::parse(raw_number_);
    item.phone = number ? number->digits() : printable(raw_number_, max_shown_invalid);
    if (!number)
        return invalid("invalid", number.error().message);
    const std::uint64_t n = phone_key(number->digits());
    if (suppressed_.contains(n)) {
        item.reason = "opt-out";
        return;
    }
    if (seen_.contains(n)) {
        item.reason = "duplicate";
        return;
    }
    if (common_text_) {
        item.segments = common_text_->segments;
    } else {
        for (const std::size_t column : required_columns_)
            if (column >= row_.cells.size() || trim(row_.cells[column]).empty())
                return invalid("invalid", "no value for " + file_->columns()[column]);
        const auto text = render(item);
        if (!text)
            return invalid("invalid", problem_);
        auto fits = measure(*text, limits_);
        if (!fits)
            return invalid("invalid", fits.error().message);
        item.text = std::move(fits->text);
        item.segments = fits->segments;
    }
    seen_.insert(n);
    item.state = ledger::item_state::pending;
}

result<std::optional<ledger::item_record>> recipient_source::next()
{
    auto more = read_row();
    if (!more)
        return error(errc::validation, "recipients: " + more.error().message);
    if (!*more)
        return std::optional<ledger::item_record>();
    problem_.clear();
    ledger::item_record item;
    item.position = position_++;
    validate(item);
    if (!problem_.empty() && settings_.recipients.stop_on_invalid)
        return error(errc::validation, "recipients: line " + std::to_string(row_.line) + ": " + problem_);
    return std::optional<ledger::item_record>(std::move(item));
}

task<result<void>> skip_recently_messaged(run_context& c, const settings& s, std::vector<ledger::item_record>& block)
{
    if (!s.recipients.sent_within)
        co_return result<void>();
    message_rules rules;
    rules.sent_within = s.recipients.sent_within;
    for (const ledger::item_record& i : block)
        if (i.state == ledger::item_state::pending)
            rules.phones.push_back(i.phone);
    auto asked = recipient_rules_at(rules, c.clock().wall_now());
    auto forbidden = co_await c.store().forbidden_recipients(std::move(asked));
    if (!forbidden)
        co_return forbidden.error();
    std::map<std::string, std::string> reasons;
    for (const ledger::forbidden_recipient& f : *forbidden)
        if (!f.under_way) // decided when it is sent to
            reasons.emplace(f.phone, f.reason);
    for (ledger::item_record& i : block) {
        const auto found = reasons.find(i.phone);
        if (i.state != ledger::item_state::pending || found == reasons.end())
            continue;
        i.state = ledger::item_state::skipped;
        i.reason = found->second;
        i.segments = 0;
        i.text.clear();
    }
    co_return result<void>();
}

} // namespace ulak::kinds::sms
