#include "core/secret.hpp"

#include "core/locked_memory.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

#include <string.h> // explicit_bzero is not in <cstring>

namespace ulak {
namespace {

/// Guards the locked memory, and the list of the texts in it.
std::mutex& guard()
{
    static auto* const mutex = new std::mutex; // outlives the secrets of static objects
    return *mutex;
}

} // namespace

void wipe(std::string& text) noexcept
{
    // All of the buffer: a string that was moved from keeps its short text behind an empty size.
    text.resize(text.capacity());
    explicit_bzero(text.data(), text.size());
    text.clear();
}

/// The one copy of a text. Made under the guard, and listed until it dies.
class secret::locked_text : public std::enable_shared_from_this<secret::locked_text> {
  public:
    explicit locked_text(std::string_view text)
        : bytes_(static_cast<char*>(locked_memory().allocate(text.size(), 1))), size_(text.size())
    {
        std::ranges::copy(text, bytes_);
        all().push_back(this);
    }
    locked_text(const locked_text&) = delete;
    locked_text& operator=(const locked_text&) = delete;
    ~locked_text()
    {
        const std::scoped_lock lock(guard());
        std::erase(all(), this);
        explicit_bzero(bytes_, size_);
        locked_memory().deallocate(bytes_, size_, 1);
    }

    std::string_view view() const noexcept { return {bytes_, size_}; }

  private:
    friend class secret;
    static std::vector<locked_text*>& all()
    {
        static auto* const texts = new std::vector<locked_text*>;
        return *texts;
    }

    char* bytes_;
    std::size_t size_;
};

std::shared_ptr<const secret::locked_text> secret::find_or_make(std::string_view text)
{
    if (text.empty())
        return nullptr;
    const std::scoped_lock lock(guard());
    for (const auto* known : locked_text::all())
        if (known->view() == text)
            if (auto shared = known->weak_from_this().lock()) // one that is dying now is as good as gone
                return shared;
    return std::make_shared<const locked_text>(text);
}

secret::secret(std::string text) : text_(find_or_make(text))
{
    ulak::wipe(text);
}

secret secret::copy_of(std::string_view text)
{
    secret made;
    made.text_ = find_or_make(text);
    return made;
}

secret secret::duplicate() const
{
    secret other;
    other.text_ = text_;
    return other;
}

std::string_view secret::reveal() const noexcept
{
    return text_ ? text_->view() : std::string_view();
}

bool secret::same_as(std::string_view other) const noexcept
{
    const auto own = reveal();
    if (own.size() != other.size())
        return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < other.size(); ++i)
        difference = static_cast<unsigned char>(difference | (own[i] ^ other[i]));
    return difference == 0;
}

} // namespace ulak
