#include "kinds/sms_send/recipient_source.hpp"

#include "core/text.hpp"
#include "csv/blank.hpp"
#include "kinds/purchase/message_rules.hpp"

#include <algorithm>

namespace ulak::kinds::sms {
namespace {

/// Characters of an unusable number that are stored for the operator to see.
constexpr std::size_t max_shown_invalid = 40;
constexpr std::size_t max_shown_name = 80;

} // namespace

result<recipient_source> recipient_source::open(const settings& s, const std::map<std::string, std::string>& params,
                                                const text_limits& limits, phone_set suppressed)
{
    recipient_source made(s, params, limits, std::move(suppressed));
    if (!s.recipients.csv.empty()) {
        auto file = csv::csv_file::open(s.recipients.csv, s.recipients.fence, s.recipients.form);
        if (!file)
            return error(file.error().code == errc::not_found ? errc::not_found : errc::validation,
                         "recipients: " + file.error().message);
        made.file_ = std::move(*file);
    }
    if (auto fit = made.find_columns(); !fit)
        return fit.error();
    return made;
}

result<std::size_t> recipient_source::column_of(const std::string& name) const
{
    const auto& all = file_->columns();
    const auto first = std::ranges::find(all, name);
    if (first == all.end())
        return error(errc::validation, "recipients: the file has no column " + printable(name, max_shown_name) +
                                           "; it has " + file_->describe());
    const auto again = std::find(first + 1, all.end(), name);
    if (again != all.end())
        return error(errc::validation, "recipients: two columns are named " + printable(name, max_shown_name) +
                                           ", the " + std::to_string(first - all.begin() + 1) + ". and the " +
                                           std::to_string(again - all.begin() + 1) + "., of " + file_->describe());
    return static_cast<std::size_t>(first - all.begin());
}

/// Finds the columns that the text names. Without any, the text is common to all and measured once.
result<void> recipient_source::find_columns()
{
    if (file_) {
        const auto phone = column_of(settings_.recipients.form.column);
        if (!phone)
            return phone.error();
        phone_column_ = *phone;
        for (std::size_t i = 0; i < file_->columns().size(); ++i)
            columns_.emplace(file_->columns()[i], i);
    }
    bool personal = false;
    for (const std::string& name : settings_.message.text.names())
        if (columns_.contains(name)) {
            personal = true;
            if (auto one = column_of(name); !one)
                return one.error();
        }
    for (const std::string& name : settings_.message.text.required_names())
        if (const auto at = columns_.find(name); at != columns_.end())
            required_columns_.push_back(at->second);
    if (personal)
        return {};
    const auto text = render();
    if (!text)
        return text.error();
    auto fits = measure(*text, limits_);
    if (!fits)
        return fits.error();
    common_text_ = std::move(*fits);
    return {};
}

boost::json::value recipient_source::form() const
{
    if (!file_)
        return nullptr;
    return boost::json::object{{"encoding", csv::name(file_->found())},
                               {"separator", std::string(1, file_->separator())}};
}

/// Columns go before parameters of the same name. errc::validation where a name has no value.
result<std::string> recipient_source::render() const
{
    auto text = settings_.message.text.render([&](std::string_view name) -> const std::string* {
        if (const auto column = columns_.find(name); column != columns_.end())
            return column->second < row_.cells.size() ? &row_.cells[column->second] : nullptr;
        const auto param = params_.find(std::string(name));
        return param == params_.end() ? nullptr : &param->second;
    });
    if (!text)
        return error(errc::validation, text.error().message);
    return std::move(*text);
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

/// The row is left out, and told.
void recipient_source::refuse(ledger::item_record& item, const std::string& reason, std::string column,
                              const std::string& why)
{
    item.reason = reason + ": " + why;
    item.column = std::move(column);
    stops_run_ = stops_run_ || settings_.recipients.stop_on_invalid ||
                 (limits_.unsupported == unsupported_letters::stop && reason.starts_with(letter_reason));
    bad_.add(item);
}

bool recipient_source::has_surplus_cells() const
{
    return file_ && row_.cells.size() > file_->columns().size() &&
           !std::all_of(row_.cells.begin() + static_cast<std::ptrdiff_t>(file_->columns().size()), row_.cells.end(),
                        [](const std::string& c) { return csv::is_blank(c); });
}

/// Sets the item's state, reason, segments and its own text.
void recipient_source::validate(ledger::item_record& item)
{
    item.state = ledger::item_state::skipped;
    item.line = file_ ? static_cast<std::int64_t>(row_.line) : 0;
    auto number = phone::parse(raw_number_);
    item.phone = number ? number->digits() : printable(raw_number_, max_shown_invalid);
    const std::string phone_column = file_ ? settings_.recipients.form.column : std::string();
    if (has_surplus_cells())
        return refuse(item, "surplus-cells", {},
                      std::to_string(row_.cells.size()) + " cells in a row of " +
                          std::to_string(file_->columns().size()) +
                          " columns: a cell that holds the separator needs quotes");
    if (!number)
        return refuse(item, "number", phone_column, number.error().message);
    const std::uint64_t n = phone_key(number->digits());
    if (suppressed_.contains(n)) {
        item.reason = "opt-out";
        return;
    }
    if (const auto first = seen_.find(n)) {
        item.reason = (file_ ? "duplicate of line " : "duplicate of entry ") + std::to_string(*first);
        return;
    }
    if (!validate_text(item))
        return;
    seen_.first_line(n, row_.line);
    item.state = ledger::item_state::pending;
}

/// False, with the reason, where no text can be made of the row.
bool recipient_source::validate_text(ledger::item_record& item)
{
    if (common_text_) {
        item.segments = common_text_->segments;
        letters_.add(*common_text_, 1);
        return true;
    }
    for (const std::size_t column : required_columns_)
        if (column >= row_.cells.size() || csv::is_blank(row_.cells[column])) {
            refuse(item, "no-value", file_->columns()[column], "no value for " + file_->columns()[column]);
            return false;
        }
    const auto text = render();
    if (!text) {
        refuse(item, "no-value", {}, text.error().message);
        return false;
    }
    auto fits = measure(*text, limits_);
    if (!fits) {
        refuse(item, refusal_reason(*text, limits_), {}, fits.error().message);
        return false;
    }
    letters_.add(*fits, 1);
    item.text = std::move(fits->text);
    item.segments = fits->segments;
    return true;
}

result<std::optional<ledger::item_record>> recipient_source::next()
{
    auto more = read_row();
    if (!more)
        return error(errc::validation, "recipients: " + more.error().message);
    if (!*more && stops_run_)
        return error(errc::validation, "recipients: " + bad_.sentence());
    if (!*more)
        return std::optional<ledger::item_record>();
    ledger::item_record item;
    item.position = position_++;
    validate(item);
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
