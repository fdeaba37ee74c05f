// SPDX-License-Identifier: GPL-3.0-or-later
#include "changes/access.h"

#include <array>
#include <limits>

namespace edgewise::changes {

namespace {

Value toValue(bool content)
{
    return content;
}
Value toValue(int content)
{
    return qint64(content);
}
Value toValue(qint64 content)
{
    return content;
}
Value toValue(double content)
{
    return content;
}
Value toValue(const QString &content)
{
    return content;
}
template <typename Tag>
Value toValue(const Key<Tag> &content)
{
    return content.text();
}
template <typename T>
Value toValue(const std::optional<T> &content)
{
    return content ? toValue(*content) : Value();
}
Value toValue(const std::vector<SegmentKey> &content)
{
    QStringList keys;
    for (const SegmentKey &key : content)
        keys.append(key.text());
    return keys;
}

template <typename T>
bool fromValue(const Value &value, T &content) requires std::is_same_v<T, bool> || std::is_same_v<
    T, qint64> || std::is_same_v<T, double> || std::is_same_v<T, QString>
{
    const T *held = std::get_if<T>(&value);
    if (held)
        content = *held;
    return held != nullptr;
}
bool fromValue(const Value &value, int &content)
{
    const qint64 *held = std::get_if<qint64>(&value);
    if (!held || *held < std::numeric_limits<int>::min() || *held > std::numeric_limits<int>::max())
        return false;
    content = static_cast<int>(*held);
    return true;
}
template <typename Tag>
bool fromValue(const Value &value, Key<Tag> &content)
{
    const QString *held = std::get_if<QString>(&value);
    if (held)
        content = Key<Tag>(*held);
    return held != nullptr;
}
template <typename T>
bool fromValue(const Value &value, std::optional<T> &content)
{
    if (std::holds_alternative<std::monostate>(value)) {
        content.reset();
        return true;
    }
    T held;
    if (!fromValue(value, held))
        return false;
    content = std::move(held);
    return true;
}
bool fromValue(const Value &value, std::vector<SegmentKey> &content)
{
    const QStringList *held = std::get_if<QStringList>(&value);
    if (!held)
        return false;
    content.clear();
    for (const QString &key : *held)
        content.emplace_back(key);
    return true;
}

template <typename T>
struct Accessor {
    Field field;
    Value (*get)(const T &);
    bool (*set)(T &, const Value &);
};

template <typename T, auto Member>
constexpr Accessor<T> at(Field field)
{
    return {field, [](const T &object) { return toValue(object.*Member); },
            [](T &object, const Value &value) { return fromValue(value, object.*Member); }};
}

template <typename T, auto Member>
constexpr Accessor<T> atTime(Field field)
{
    return {field, [](const T &object) { return toValue(object.times.*Member); },
            [](T &object, const Value &value) { return fromValue(value, object.times.*Member); }};
}

template <typename T>
constexpr Accessor<T> created = atTime<T, &flags::Times::created>(Field::Created);
template <typename T>
constexpr Accessor<T> updated = atTime<T, &flags::Times::updated>(Field::Updated);

// Which fields there are stands in fields.cpp; a test holds the two tables to each other.
template <typename T>
struct Accessors;

template <>
struct Accessors<flags::Namespace> {
    using T = flags::Namespace;
    static constexpr std::array table{
        at<T, &T::name>(Field::Name),
        at<T, &T::description>(Field::Description),
        at<T, &T::isProtected>(Field::Protected),
        at<T, &T::stateModified>(Field::StateModified),
        created<T>,
        updated<T>,
    };
};
template <>
struct Accessors<flags::Segment> {
    using T = flags::Segment;
    static constexpr std::array table{
        at<T, &T::name>(Field::Name),
        at<T, &T::description>(Field::Description),
        at<T, &T::matchType>(Field::MatchType),
        created<T>,
        updated<T>,
    };
};
template <>
struct Accessors<flags::Constraint> {
    using T = flags::Constraint;
    static constexpr std::array table{
        at<T, &T::type>(Field::Type),
        at<T, &T::property>(Field::Property),
        at<T, &T::operatorName>(Field::Operator),
        at<T, &T::value>(Field::Value),
        at<T, &T::description>(Field::Description),
        created<T>,
        updated<T>,
    };
};
template <>
struct Accessors<flags::Flag> {
    using T = flags::Flag;
    static constexpr std::array table{
        at<T, &T::name>(Field::Name),
        at<T, &T::description>(Field::Description),
        at<T, &T::enabled>(Field::Enabled),
        at<T, &T::type>(Field::Type),
        at<T, &T::defaultVariant>(Field::DefaultVariant),
        at<T, &T::metadata>(Field::Metadata),
        created<T>,
        updated<T>,
    };
};
template <>
struct Accessors<flags::Variant> {
    using T = flags::Variant;
    static constexpr std::array table{
        at<T, &T::key>(Field::Key),
        at<T, &T::name>(Field::Name),
        at<T, &T::description>(Field::Description),
        at<T, &T::attachment>(Field::Attachment),
        created<T>,
        updated<T>,
    };
};
template <>
struct Accessors<flags::Rule> {
    using T = flags::Rule;
    static constexpr std::array table{
        at<T, &T::rank>(Field::Rank),
        at<T, &T::segmentOperator>(Field::SegmentOperator),
        at<T, &T::segments>(Field::Segments),
        created<T>,
        updated<T>,
    };
};
template <>
struct Accessors<flags::Distribution> {
    using T = flags::Distribution;
    static constexpr std::array table{
        at<T, &T::variant>(Field::Variant),
        at<T, &T::rollout>(Field::Percentage),
        created<T>,
        updated<T>,
    };
};
template <>
struct Accessors<flags::Rollout> {
    using T = flags::Rollout;
    static constexpr std::array table{
        at<T, &T::type>(Field::Type),
        at<T, &T::description>(Field::Description),
        at<T, &T::rank>(Field::Rank),
        created<T>,
        updated<T>,
    };
};
template <>
struct Accessors<flags::Threshold> {
    using T = flags::Threshold;
    static constexpr std::array table{
        at<T, &T::percentage>(Field::Percentage),
        at<T, &T::value>(Field::Value),
    };
};
template <>
struct Accessors<flags::SegmentMatch> {
    using T = flags::SegmentMatch;
    static constexpr std::array table{
        at<T, &T::value>(Field::Value),
        at<T, &T::segmentOperator>(Field::SegmentOperator),
        at<T, &T::segments>(Field::Segments),
    };
};

template <typename T>
Value read(const T &object, Field field)
{
    for (const Accessor<T> &accessor : Accessors<T>::table) {
        if (accessor.field == field)
            return accessor.get(object);
    }
    return {};
}

template <typename T>
bool write(T &object, Field field, const Value &value)
{
    for (const Accessor<T> &accessor : Accessors<T>::table) {
        if (accessor.field == field)
            return accessor.set(object, value);
    }
    return false;
}

} // namespace

Value value(const flags::Namespace &object, Field field)
{
    return read(object, field);
}
Value value(const flags::Segment &object, Field field)
{
    return read(object, field);
}
Value value(const flags::Constraint &object, Field field)
{
    return read(object, field);
}
Value value(const flags::Flag &object, Field field)
{
    return read(object, field);
}
Value value(const flags::Variant &object, Field field)
{
    return read(object, field);
}
Value value(const flags::Rule &object, Field field)
{
    return read(object, field);
}
Value value(const flags::Distribution &object, Field field)
{
    return read(object, field);
}
Value value(const flags::Rollout &object, Field field)
{
    return read(object, field);
}
Value value(const flags::Threshold &object, Field field)
{
    return read(object, field);
}
Value value(const flags::SegmentMatch &object, Field field)
{
    return read(object, field);
}
bool setValue(flags::Namespace &object, Field field, const Value &value)
{
    return write(object, field, value);
}
bool setValue(flags::Segment &object, Field field, const Value &value)
{
    return write(object, field, value);
}
bool setValue(flags::Constraint &object, Field field, const Value &value)
{
    return write(object, field, value);
}
bool setValue(flags::Flag &object, Field field, const Value &value)
{
    return write(object, field, value);
}
bool setValue(flags::Variant &object, Field field, const Value &value)
{
    return write(object, field, value);
}
bool setValue(flags::Rule &object, Field field, const Value &value)
{
    return write(object, field, value);
}
bool setValue(flags::Distribution &object, Field field, const Value &value)
{
    return write(object, field, value);
}
bool setValue(flags::Rollout &object, Field field, const Value &value)
{
    return write(object, field, value);
}
bool setValue(flags::Threshold &object, Field field, const Value &value)
{
    return write(object, field, value);
}
bool setValue(flags::SegmentMatch &object, Field field, const Value &value)
{
    return write(object, field, value);
}

} // namespace edgewise::changes
