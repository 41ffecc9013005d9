#include "kinds/sms_send/recipient_source.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace ulak::kinds::sms {
namespace {

constexpr std::size_t shown_of_invalid = 40;

} // namespace

std::uint64_t as_number(const std::string& ten_digits) noexcept
{
    std::uint64_t n = 0;
    std::from_chars(ten_digits.data(), ten_digits.data() + ten_digits.size(), n);
    return n;
}

task<result<phone_set>> read_suppressed(run_context& c)
{
    auto reading = c.store().suppressions();
    auto all = co_await std::move(reading);
    if (!all)
        co_return all.error();
    phone_set numbers;
    for (const ledger::suppression_record& s : *all)
        numbers.insert(as_number(s.phone));
    co_return numbers;
}

result<recipient_source> recipient_source::open(const settings& s, const std::map<std::string, std::string>& params,
                                                const text_limits& limits, phone_set suppressed)
{
    recipient_source made(s, params, limits, std::move(suppressed));
    if (!s.to.csv.empty()) {
        auto file = csv_file::open(s.to.csv, s.to.below);
        if (!file)
            return error(file.error().code == errc::not_found ? errc::not_found : errc::validation,
                         "recipients: " + file.error().message);
        made.file_ = std::move(*file);
    }
    if (auto fit = made.find_columns(); !fit)
        return fit.error();
    return made;
}

/// Which columns there are, and whether the text needs any of them.
result<void> recipient_source::find_columns()
{
    if (file_)
        for (std::size_t i = 0; i < file_->columns().size(); ++i)
            columns_.emplace(file_->columns()[i], i);
    if (file_) {
        const auto phone = columns_.find(settings_.to.phone_column);
        if (phone == columns_.end())
            return error(errc::validation, "recipients: the file has no column " + settings_.to.phone_column);
        phone_at_ = phone->second;
    }
    bool personal = false;
    for (const std::string& name : settings_.what.text.names())
        personal = personal || columns_.contains(name);
    for (const std::string& name : settings_.what.text.required_names())
        if (const auto at = columns_.find(name); at != columns_.end())
            needed_.push_back(at->second);
    if (personal)
        return {};
    ledger::item_record nobody;
    const auto text = render(nobody);
    if (!text)
        return error(errc::validation, wrong_);
    auto fits = measure(*text, limits_);
    if (!fits)
        return fits.error();
    common_ = std::move(*fits);
    return {};
}

std::optional<std::string> recipient_source::render(ledger::item_record& item)
{
    auto text = settings_.what.text.render([&](std::string_view name) -> const std::string* {
        if (const auto column = columns_.find(name); column != columns_.end())
            return column->second < row_.cells.size() ? &row_.cells[column->second] : nullptr;
        const auto param = params_.find(std::string(name));
        return param == params_.end() ? nullptr : &param->second;
    });
    if (text)
        return std::move(*text);
    wrong_ = text.error().message;
    item.reason = "text";
    return std::nullopt;
}

/// The next row's number into `raw_`.
result<bool> recipient_source::read_row()
{
    if (!file_) {
        if (list_at_ >= settings_.to.list.size())
            return false;
        auto number = settings_.to.list[list_at_].render([&](std::string_view name) -> const std::string* {
            const auto param = params_.find(std::string(name));
            return param == params_.end() ? nullptr : &param->second;
        });
        raw_ = number ? *number : std::string();
        row_.line = ++list_at_;
        return true;
    }
    auto more = file_->next(row_);
    if (more && *more)
        raw_ = phone_at_ < row_.cells.size() ? row_.cells[phone_at_] : std::string();
    return more;
}

/// Sets the state, and the text where it is the item's own. `wrong_` says what is wrong with an invalid one.
void recipient_source::judge(ledger::item_record& item)
{
    item.state = ledger::item_state::skipped;
    const auto invalid = [&](std::string reason, std::string why) {
        item.reason = std::move(reason);
        wrong_ = std::move(why);
    };
    auto number = phone::parse(raw_);
    item.phone = number ? number->digits() : printable(raw_, shown_of_invalid);
    if (!number)
        return invalid("invalid", number.error().message);
    const std::uint64_t n = as_number(number->digits());
    if (suppressed_.contains(n)) {
        item.reason = "opt-out";
        return;
    }
    if (seen_.contains(n)) {
        item.reason = "duplicate";
        return;
    }
    if (common_) {
        item.segments = common_->segments;
    } else {
        for (const std::size_t column : needed_)
            if (column >= row_.cells.size() || trim(row_.cells[column]).empty())
                return invalid("invalid", "no value for " + file_->columns()[column]);
        const auto text = render(item);
        if (!text)
            return invalid("invalid", wrong_);
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
    wrong_.clear();
    ledger::item_record item;
    item.position = position_++;
    judge(item);
    if (!wrong_.empty() && settings_.to.stop_on_invalid)
        return error(errc::validation, "recipients: line " + std::to_string(row_.line) + ": " + wrong_);
    return std::optional<ledger::item_record>(std::move(item));
}

task<result<void>> skip_recently_messaged(run_context& c, const settings& s, std::vector<ledger::item_record>& block)
{
    if (!s.to.sent_within)
        co_return result<void>();
    std::vector<std::string> phones;
    for (const ledger::item_record& i : block)
        if (i.state == ledger::item_state::pending)
            phones.push_back(i.phone);
    auto asking = c.store().messaged_since(std::move(phones), c.clock().wall_now() - *s.to.sent_within);
    auto got = co_await std::move(asking);
    if (!got)
        co_return got.error();
    const std::set<std::string> recent(got->begin(), got->end());
    for (ledger::item_record& i : block) {
        if (i.state != ledger::item_state::pending || !recent.contains(i.phone))
            continue;
        i.state = ledger::item_state::skipped;
        i.reason = "sent-within";
        i.segments = 0;
        i.text.clear();
    }
    co_return result<void>();
}

} // namespace ulak::kinds::sms
