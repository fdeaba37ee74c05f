// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/appearance.h>
#include <whatif/questionbar.h>

#include <QComboBox>
#include <QCompleter>

namespace edgewise::whatifpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using models::StateListModel;

namespace {

constexpr int narrowestFlag = 10; ///< characters
constexpr int narrowestState = 7; ///< characters

QComboBox *makeChooser(const QString &name, const QString &accessibleName, int characters,
                       QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setObjectName(name);
    box->setAccessibleName(accessibleName);
    // No wider than it must be, however long a key or a node's name is.
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(characters);
    return box;
}

QLabel *makeCaption(const QString &text, QWidget *buddy, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setBuddy(buddy);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

QuestionBar::QuestionBar(const theme::Appearance &appearance, StateListModel &states,
                         QWidget *parent)
    : QWidget(parent), m_states(states),
      m_flag(makeChooser(u"whatIfFlag"_qs, tr("Flag"), narrowestFlag, this)),
      m_first(makeChooser(u"whatIfFirst"_qs, tr("State to ask"), narrowestState, this)),
      m_second(makeChooser(u"whatIfSecond"_qs, tr("State beside it"), narrowestState, this))
{
    setObjectName(u"questionBar"_qs);
    m_flag->setEditable(true);
    m_flag->setInsertPolicy(QComboBox::NoInsert);
    m_flag->completer()->setFilterMode(Qt::MatchContains);
    m_flag->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_flag->addItem(tr("All flags"), QString());
    m_second->addItem(tr("nothing"), QString());
    auto *file = new QPushButton(appearance.icon(u"data"_qs), tr("Open a file…"), this);
    file->setObjectName(u"whatIfFile"_qs);
    file->setToolTip(tr("Ask a document or a database file as well"));
    connect(file, &QPushButton::clicked, this, &QuestionBar::fileWanted);

    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->setSpacing(inside);
    line->addWidget(makeCaption(tr("&Flag"), m_flag, this));
    line->addWidget(m_flag, 2);
    line->addSpacing(between);
    line->addWidget(makeCaption(tr("in"), m_first, this));
    line->addWidget(m_first, 1);
    line->addWidget(makeCaption(tr("beside"), m_second, this));
    line->addWidget(m_second, 1);
    line->addWidget(file);
    line->addStretch(1);

    connect(m_flag, &QComboBox::activated, this, &QuestionBar::changed);
    connect(m_flag->lineEdit(), &QLineEdit::editingFinished, this, &QuestionBar::takeTypedFlag);
    connect(m_first, &QComboBox::activated, this, &QuestionBar::changed);
    connect(m_second, &QComboBox::activated, this, &QuestionBar::changed);
    connect(&states, &StateListModel::programsChanged, this, [this] {
        fillStates();
        fillFlags();
        emit changed();
    });
    connect(&states, &QAbstractItemModel::dataChanged, this, &QuestionBar::fillStates);
    fillStates();
}

void QuestionBar::fillStates()
{
    const QString first = firstState();
    const QString second = secondState();
    fillChooser(m_first, 0);
    fillChooser(m_second, 1);
    if (!m_hasStates && m_states.rowCount() > 1) {
        m_hasStates = true;
        chooseStates(m_states.index(0).data(StateListModel::IdRole).toString(),
                     m_states.index(1).data(StateListModel::IdRole).toString());
    } else {
        chooseStates(first, second);
    }
}

/// The states after `offset` items of another kind. Those that are there already stay, or an open
/// list would close with every frame that arrives at a replica.
void QuestionBar::fillChooser(QComboBox *box, int offset) const
{
    const QSignalBlocker quiet(box);
    for (int i = 0; i < m_states.rowCount(); ++i) {
        const QModelIndex state = m_states.index(i);
        const int item = offset + i;
        if (item == box->count())
            box->addItem(QString());
        box->setItemText(item, state.data().toString());
        box->setItemData(item, state.data(StateListModel::IdRole));
        box->setItemData(item, state.data(StateListModel::NoteRole), Qt::ToolTipRole);
    }
    while (box->count() > offset + m_states.rowCount())
        box->removeItem(box->count() - 1);
}

void QuestionBar::chooseStates(const QString &first, const QString &second)
{
    m_first->setCurrentIndex(std::max(0, m_first->findData(first)));
    m_second->setCurrentIndex(std::max(0, m_second->findData(second)));
    for (QComboBox *box : {m_first, m_second})
        box->setToolTip(box->currentData(Qt::ToolTipRole).toString());
}

QString QuestionBar::firstState() const
{
    return m_first->currentData().toString();
}

QString QuestionBar::secondState() const
{
    return m_second->currentData().toString();
}

void QuestionBar::setNamespace(const NamespaceKey &key)
{
    m_nameSpace = key;
    fillFlags();
    emit changed();
}

std::shared_ptr<const flags::Namespace> QuestionBar::words() const
{
    for (const QString &id : {secondState(), firstState()}) {
        const StateListModel::State *state = m_states.state(id);
        const auto found = state ? state->snapshot.nameSpace(m_nameSpace) : nullptr;
        if (found)
            return found;
    }
    return nullptr;
}

void QuestionBar::fillFlags()
{
    QStringList keys;
    for (const QString &id : {secondState(), firstState()}) {
        const StateListModel::State *state = m_states.state(id);
        const auto nameSpace = state ? state->snapshot.nameSpace(m_nameSpace) : nullptr;
        for (size_t i = 0; nameSpace && i < nameSpace->flags.size(); ++i)
            keys.append(nameSpace->flags[i]->key.text());
    }
    keys.sort();
    keys.removeDuplicates();
    QStringList shown;
    for (int i = 1; i < m_flag->count(); ++i)
        shown.append(m_flag->itemText(i));
    if (keys == shown)
        return;
    const QString chosen = m_flag->currentData().toString();
    const QSignalBlocker quiet(m_flag);
    m_flag->clear();
    m_flag->addItem(tr("All flags"), QString());
    for (const QString &key : keys)
        m_flag->addItem(key, key);
    m_flag->setCurrentIndex(std::max(0, m_flag->findData(chosen)));
}

void QuestionBar::takeTypedFlag()
{
    // A text that is no flag's key goes back to the flag that is asked.
    const int index = m_flag->findText(m_flag->currentText());
    if (index < 0)
        m_flag->setEditText(m_flag->itemText(m_flag->currentIndex()));
    else if (index != m_flag->currentIndex())
        m_flag->setCurrentIndex(index);
    else
        return;
    emit changed();
}

void QuestionBar::chooseFlag(const FlagKey &key)
{
    const int index = std::max(0, m_flag->findData(key.text()));
    if (index == m_flag->currentIndex())
        return;
    m_flag->setCurrentIndex(index);
    emit changed();
}

Question QuestionBar::question() const
{
    Question question;
    question.nameSpace = m_nameSpace;
    question.flag = FlagKey(m_flag->currentData().toString());
    question.words = words();
    const StateListModel::State *first = m_states.state(firstState());
    const StateListModel::State *second = m_states.state(secondState());
    if (first) {
        question.first = first->program;
        question.firstName = first->name;
    }
    if (second) {
        question.secondName = second->name;
        question.areEqual = m_states.areEqual(firstState(), secondState());
        question.second = question.areEqual ? nullptr : second->program;
    }
    return question;
}

} // namespace edgewise::whatifpage
