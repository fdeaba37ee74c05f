// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/flageditor.h>
#include <flags/rolloutcard.h>
#include <flags/rulecard.h>
#include <flags/validate.h>
#include <flags/variantrow.h>
#include <theme/appearance.h>
#include <ui/inputs.h>
#include <widgets/keylabel.h>
#include <widgets/problemlines.h>
#include <widgets/toggle.h>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <Qsci/qsciscintilla.h>
#include <QSlider>
#include <QTest>
#include <QToolButton>

using namespace edgewise;
using namespace Qt::StringLiterals;
using test::choose;
using test::click;
using test::typeOver;

/// The editor with a flag behind it that takes every edit, as a draft does.
class TestFlagEditor : public QObject {
    Q_OBJECT

    theme::Appearance m_appearance;
    std::unique_ptr<flagspage::FlagEditor> m_editor;
    std::shared_ptr<const flags::Namespace> m_nameSpace;
    std::shared_ptr<const flags::Flag> m_saved;
    std::shared_ptr<const flags::Flag> m_flag;
    QStringList m_labels;
    QStringList m_topics;

    static flags::Flag quietHours()
    {
        flags::Flag flag;
        flag.key = FlagKey(u"quiet-hours"_qs);
        flag.name = u"Quiet hours"_qs;
        flag.description = u"No mail at night"_qs;
        flag.type = flags::BooleanFlag;
        flag.rollouts.resize(1);
        flag.rollouts[0].id = RolloutId(u"first"_qs);
        flag.rollouts[0].threshold = flags::Threshold{RolloutPartId(u"part"_qs), 25, true};
        return flag;
    }
    static flags::Flag checkout()
    {
        flags::Flag flag;
        flag.key = FlagKey(u"checkout"_qs);
        flag.name = u"Checkout"_qs;
        for (const auto &[id, key] :
             {std::pair{u"v1"_qs, u"control"_qs}, {u"v2"_qs, u"one-page"_qs}}) {
            flags::Variant variant;
            variant.id = VariantId(id);
            variant.key = key;
            flag.variants.push_back(variant);
        }
        flag.rules.resize(2);
        for (int i = 0; i < 2; ++i) {
            flags::Rule &rule = flag.rules[size_t(i)];
            rule.id = RuleId(u"r%1"_qs.arg(i + 1));
            rule.rank = i + 1;
            rule.segments = {SegmentKey(i == 0 ? u"beta"_qs : u"eu"_qs)};
        }
        flag.rules[0].distributions = {{DistributionId(u"d1"_qs), VariantId(u"v1"_qs), 50, {}},
                                       {DistributionId(u"d2"_qs), VariantId(u"v2"_qs), 30, {}}};
        return flag;
    }

    void take(const flags::Flag &flag)
    {
        m_flag = std::make_shared<const flags::Flag>(flag);
        m_editor->setFlag(m_flag, m_nameSpace, m_saved);
        m_editor->setProblems(flags::validate(*m_flag, *m_nameSpace));
    }
    void open(const flags::Flag &flag)
    {
        m_saved = std::make_shared<const flags::Flag>(flag);
        take(flag);
    }
    template <typename T>
    T *find(const QString &name, int place = 0)
    {
        const QList<T *> found = m_editor->findChildren<T *>(name);
        QList<T *> shown;
        for (T *each : found)
            if (each->isVisibleTo(m_editor->widget()))
                shown.append(each);
        return shown.value(place);
    }
    static double sum(const flags::Rule &rule)
    {
        double total = 0;
        for (const flags::Distribution &distribution : rule.distributions)
            total += distribution.rollout;
        return total;
    }

private slots:
    void init()
    {
        m_labels.clear();
        m_topics.clear();
        flags::Namespace nameSpace;
        nameSpace.key = NamespaceKey(u"default"_qs);
        for (const auto &key : {u"beta"_qs, u"eu"_qs, u"staff"_qs}) {
            flags::Segment segment;
            segment.key = SegmentKey(key);
            segment.name = key.toUpper();
            segment.constraints.resize(1);
            segment.constraints[0].property = u"plan"_qs;
            segment.constraints[0].operatorName = u"eq"_qs;
            segment.constraints[0].value = key;
            nameSpace.segments.push_back(std::make_shared<const flags::Segment>(segment));
        }
        m_nameSpace = std::make_shared<const flags::Namespace>(nameSpace);
        m_editor = std::make_unique<flagspage::FlagEditor>(m_appearance);
        connect(m_editor.get(), &flagspage::FlagEditor::edited, this,
                [this](const flags::Flag &flag, const QString &label, const QString &topic) {
                    m_labels.append(label);
                    m_topics.append(topic);
                    take(flag);
                });
        m_editor->resize(600, 900);
        m_editor->show();
        m_editor->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_editor.get()));
        open(quietHours());
    }

    void everyInputIsNamedAndReached()
    {
        open(checkout());
        click(find<QToolButton>(u"variantMore"_qs));
        QCOMPARE(test::inputFaults(*m_editor).join(u"; "_qs), QString());
        open(quietHours());
        QCOMPARE(test::inputFaults(*m_editor).join(u"; "_qs), QString());
    }

    void showsTheFlag()
    {
        QCOMPARE(m_editor->findChild<widgets::KeyLabel *>(u"flagKey"_qs)->key(), u"quiet-hours"_qs);
        QCOMPARE(find<QLineEdit>(u"flagName"_qs)->text(), u"Quiet hours"_qs);
        QVERIFY(!find<widgets::ToggleSwitch>(u"flagEnabled"_qs)->isChecked());
        QVERIFY(find<QWidget>(u"thresholdRuler"_qs));
        QVERIFY(m_labels.isEmpty());
    }

    void tellsTypingWhenItPauses()
    {
        auto *name = find<QLineEdit>(u"flagName"_qs);
        QTest::keyClick(name, Qt::Key_End);
        QTest::keyClicks(name, u"!"_qs);
        QVERIFY(m_labels.isEmpty());
        QTRY_COMPARE(m_labels.size(), 1);
        QCOMPARE(m_flag->name, u"Quiet hours!"_qs);
        QVERIFY(!m_topics[0].isEmpty());
        QCOMPARE(m_flag->rollouts, quietHours().rollouts);
    }

    void tellsTypingWhenTheFlagIsLeft()
    {
        flags::Flag told;
        connect(m_editor.get(), &flagspage::FlagEditor::edited, m_editor.get(),
                [&](const flags::Flag &flag) { told = flag; });
        QTest::keyClicks(find<QPlainTextEdit>(u"flagDescription"_qs), u"x"_qs);
        flags::Flag other = quietHours();
        other.key = FlagKey(u"other"_qs);
        m_editor->setFlag(std::make_shared<const flags::Flag>(other), m_nameSpace);
        QCOMPARE(m_labels.size(), 1);
        QCOMPARE(told.key.text(), u"quiet-hours"_qs);
        QCOMPARE(told.description, u"xNo mail at night"_qs);
    }

    void turnsAtOnce()
    {
        click(find<QWidget>(u"flagEnabled"_qs));
        QCOMPARE(m_labels, QStringList{u"quiet-hours: switch on"_qs});
        QVERIFY(m_flag->enabled);
    }

    void somebodyElsesChangeLeavesTypingAlone()
    {
        auto *name = find<QLineEdit>(u"flagName"_qs);
        QTest::keyClick(name, Qt::Key_End);
        QTest::keyClicks(name, u" at home"_qs);
        flags::Flag theirs = quietHours();
        theirs.rollouts[0].threshold->percentage = 50;
        take(theirs);
        QCOMPARE(name->text(), u"Quiet hours at home"_qs);
        QTRY_COMPARE(m_labels.size(), 1);
        QCOMPARE(m_flag->name, u"Quiet hours at home"_qs);
        QCOMPARE(m_flag->rollouts[0].threshold->percentage, 50.0);
    }

    void editsVariantsInPlace()
    {
        open(checkout());
        click(find<QPushButton>(u"addVariant"_qs));
        QCOMPARE(int(m_flag->variants.size()), 3);
        auto *key = find<QLineEdit>(u"variantKey"_qs, 2);
        QTRY_VERIFY(key->hasFocus());
        QTest::keyClicks(key, u"two-page"_qs);
        QTest::keyClick(key, Qt::Key_Return);
        QCOMPARE(m_flag->variants[2].key, u"two-page"_qs);
        typeOver(find<QLineEdit>(u"variantName"_qs, 2), u"Two pages"_qs);
        QCOMPARE(m_flag->variants[2].name, u"Two pages"_qs);

        // A key that is there already is said so beside it.
        typeOver(find<QLineEdit>(u"variantKey"_qs, 2), u"control"_qs);
        const QList<flagspage::VariantRow *> rows =
            m_editor->findChildren<flagspage::VariantRow *>();
        const auto *problems = rows[2]->findChild<widgets::ProblemLines *>();
        QVERIFY2(problems->text().contains(u"exists already"_qs), qPrintable(problems->text()));
        QVERIFY(problems->isVisible());
        typeOver(find<QLineEdit>(u"variantKey"_qs, 2), u"two-page"_qs);
        QVERIFY(!problems->isVisible());

        click(find<QRadioButton>(u"variantDefault"_qs, 1));
        QCOMPARE(m_flag->defaultVariant, VariantId(u"v2"_qs));
        click(find<QRadioButton>(u"variantDefault"_qs, 1));
        QVERIFY(!m_flag->defaultVariant);
        choose(find<QComboBox>(u"defaultVariant"_qs), u"one-page"_qs);
        QCOMPARE(m_flag->defaultVariant, VariantId(u"v2"_qs));

        // With its shares, and it is no default any more.
        click(find<QToolButton>(u"removeVariant"_qs, 1));
        QCOMPARE(int(m_flag->variants.size()), 2);
        QVERIFY(!m_flag->defaultVariant);
        QCOMPARE(int(m_flag->rules[0].distributions.size()), 1);
    }

    void editsAttachments()
    {
        open(checkout());
        click(find<QToolButton>(u"variantMore"_qs, 1));
        auto *text = find<QsciScintilla>(u"variantAttachment"_qs);
        QVERIFY(text);
        text->setFocus();
        QTest::keyClicks(text, u"{\"steps\":1,\"skip\":"_qs);
        auto *fault = find<QLabel>(u"variantAttachmentFault"_qs);
        QVERIFY2(fault->text().contains(u"missing at the end"_qs), qPrintable(fault->text()));
        auto *format = find<QPushButton>(u"variantAttachmentFormat"_qs);
        QVERIFY(!format->isEnabled());
        QTest::keyClicks(text, u"1.50}"_qs);
        QVERIFY(fault->text().isEmpty());
        click(format);
        QCOMPARE(m_flag->variants[1].attachment, u"{\n  \"steps\": 1,\n  \"skip\": 1.50\n}"_qs);
        QTest::keyClick(text, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(text, Qt::Key_Delete);
        QTRY_VERIFY(!m_flag->variants[1].attachment);
    }

    void rulesGetSegments()
    {
        open(checkout());
        click(find<QPushButton>(u"addRule"_qs));
        QCOMPARE(int(m_flag->rules.size()), 3);
        QCOMPARE(m_flag->rules[2].rank, 3);
        auto *add = find<QLineEdit>(u"addSegment"_qs, 2);
        QTRY_VERIFY(add->hasFocus());
        const auto *problems = m_editor->findChildren<flagspage::RuleCard *>()
                                   .last()
                                   ->findChild<widgets::ProblemLines *>();
        QVERIFY(problems->text().contains(u"no segment"_qs));
        QTest::keyClicks(add, u"staff"_qs);
        QTest::keyClick(add, Qt::Key_Return);
        QCOMPARE(m_flag->rules[2].segments, std::vector{SegmentKey(u"staff"_qs)});
        QTRY_COMPARE(add->text(), QString());
        // By a part of the name.
        QTest::keyClicks(add, u"BET"_qs);
        QTest::keyClick(add, Qt::Key_Return);
        QCOMPARE(m_flag->rules[2].segments,
                 (std::vector{SegmentKey(u"staff"_qs), SegmentKey(u"beta"_qs)}));
        auto *joint = find<QToolButton>(u"segmentOperator"_qs);
        QCOMPARE(joint->text(), u"OR"_qs);
        click(joint);
        QCOMPARE(m_flag->rules[2].segmentOperator, int(flags::AndOperator));
        QCOMPARE(find<QToolButton>(u"segmentOperator"_qs)->text(), u"AND"_qs);
        // One segment needs no operator.
        click(find<QToolButton>(u"removeSegment"_qs, 3));
        QCOMPARE(m_flag->rules[2].segments, std::vector{SegmentKey(u"staff"_qs)});
        QCOMPARE(m_flag->rules[2].segmentOperator, int(flags::OrOperator));
        // Backspace in the empty line takes the last one out.
        add->setFocus();
        QTRY_COMPARE(add->text(), QString());
        QTest::keyClick(add, Qt::Key_Backspace);
        QVERIFY(m_flag->rules[2].segments.empty());

        SegmentKey opened;
        connect(m_editor.get(), &flagspage::FlagEditor::segmentOpenRequested, m_editor.get(),
                [&](const SegmentKey &key) { opened = key; });
        click(find<QToolButton>(u"segmentChip"_qs, 1));
        QCOMPARE(opened, SegmentKey(u"eu"_qs));
    }

    void rulesServeWhatIsChosen()
    {
        open(checkout());
        auto *serves = find<QComboBox>(u"ruleServes"_qs, 1);
        QCOMPARE(serves->currentText(), u"no variant, but a match"_qs);
        choose(serves, u"one-page to all"_qs);
        QCOMPARE(int(m_flag->rules[1].distributions.size()), 1);
        QCOMPARE(m_flag->rules[1].distributions[0].variant, VariantId(u"v2"_qs));
        QCOMPARE(m_flag->rules[1].distributions[0].rollout, 100.0);
        choose(serves, u"a split"_qs);
        QCOMPARE(int(m_flag->rules[1].distributions.size()), 2);
        QCOMPARE(sum(m_flag->rules[1]), 100.0);
        choose(serves, u"no variant, but a match"_qs);
        QVERIFY(m_flag->rules[1].distributions.empty());
    }

    void sharesSumExactly()
    {
        flags::Flag flag = checkout();
        flags::Variant third;
        third.id = VariantId(u"v3"_qs);
        third.key = u"third"_qs;
        flag.variants.push_back(third);
        open(flag);
        auto *rest = find<QLabel>(u"unmatched"_qs);
        QVERIFY2(rest->text().startsWith(u"20"_qs), qPrintable(rest->text()));
        click(find<QPushButton>(u"addShare"_qs));
        auto *menu = qobject_cast<QWidget *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(int(m_flag->rules[0].distributions.size()), 3);
        QCOMPARE(m_flag->rules[0].distributions[2].variant, VariantId(u"v3"_qs));
        QCOMPARE(m_flag->rules[0].distributions[2].rollout, 20.0);
        QVERIFY(!rest->isVisible() || !rest->text().contains(u"unmatched"_qs));
        click(find<QPushButton>(u"equalSplit"_qs));
        const evaluation::BucketLayout layout = evaluation::buckets(m_flag->rules[0]);
        QCOMPARE(layout.unmatched, 1000);
        QCOMPARE(layout.ranges[0].width(), 334);
        QCOMPARE(layout.ranges[2].width(), 333);
        QVERIFY(std::abs(sum(m_flag->rules[0]) - 100) < 1e-4);

        auto *share = find<QDoubleSpinBox>(u"share"_qs, 2);
        share->setFocus();
        QTest::keyClick(share, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(share, u"12.5"_qs);
        QTest::keyClick(share, Qt::Key_Return);
        QCOMPARE(m_flag->rules[0].distributions[2].rollout, 12.5);
        click(find<QPushButton>(u"fillUp"_qs));
        QCOMPARE(evaluation::buckets(m_flag->rules[0]).unmatched, 1000);
    }

    void theRulerMovesShares()
    {
        open(checkout());
        auto *ruler = find<widgets::BucketRuler>(u"bucketRuler"_qs);
        ruler->setFocus();
        QTest::keyClick(ruler, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(m_flag->rules[0].distributions[0].rollout, 51.0);
        QCOMPARE(m_flag->rules[0].distributions[1].rollout, 29.0);
        QVERIFY(!m_topics.last().isEmpty());
        QVERIFY(ruler->hasFocus());
    }

    void movesFewest()
    {
        // Half and half; then a third variant in front takes a fifth of all.
        flags::Flag flag = checkout();
        flag.rules[0].distributions[1].rollout = 50;
        flags::Variant third;
        third.id = VariantId(u"v3"_qs);
        third.key = u"third"_qs;
        flag.variants.push_back(third);
        open(flag);
        flags::Flag wanted = flag;
        wanted.rules[0].distributions[0].rollout = 20;
        wanted.rules[0].distributions[1].rollout = 40;
        wanted.rules[0].distributions.push_back(
            {DistributionId(u"d3"_qs), VariantId(u"v3"_qs), 40, {}});
        take(wanted);
        const auto moved = [&] {
            int count = 0;
            const auto before = evaluation::buckets(m_saved->rules[0]);
            for (const auto &move :
                 evaluation::movedBuckets(before, evaluation::buckets(m_flag->rules[0])))
                count += move.end - move.first;
            return count;
        };
        QCOMPARE(moved(), 700);
        click(find<QPushButton>(u"movesFewest"_qs));
        QCOMPARE(moved(), 400);
        QVERIFY(!find<QPushButton>(u"movesFewest"_qs)->isEnabled());
    }

    void reordersByKeyAndByMouse()
    {
        open(checkout());
        const auto order = [&] {
            QStringList ids;
            for (const flags::Rule &rule : m_flag->rules)
                ids.append(u"%1:%2"_qs.arg(rule.id.text()).arg(rule.rank));
            return ids.join(u' ');
        };
        auto *handle = find<QWidget>(u"cardHandle"_qs, 0);
        handle->setFocus();
        QTest::keyClick(handle, Qt::Key_Down);
        QCOMPARE(order(), u"r2:1 r1:2"_qs);
        QVERIFY(handle->hasFocus());
        QTest::keyClick(handle, Qt::Key_Down); // there is nothing below
        QCOMPARE(order(), u"r2:1 r1:2"_qs);
        // From anywhere in the card.
        auto *serves = m_editor->findChild<flagspage::RuleCard *>()->findChild<QComboBox *>();
        serves->setFocus();
        QTest::keyClick(serves, Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(order(), u"r1:1 r2:2"_qs);

        const QList<flagspage::RuleCard *> cards = m_editor->findChildren<flagspage::RuleCard *>();
        auto *first = cards[0]->findChild<QWidget *>(u"cardHandle"_qs);
        const QPoint below =
            first->mapFromGlobal(cards[1]->mapToGlobal(QPoint(8, cards[1]->height() - 4)));
        QTest::mousePress(first, Qt::LeftButton, {}, QPoint(8, 8));
        QTest::mouseMove(first, QPoint(8, 30));
        QTest::mouseMove(first, below);
        QTest::mouseRelease(first, Qt::LeftButton, {}, below);
        QCOMPARE(order(), u"r2:1 r1:2"_qs);
        QCOMPARE(m_labels.last(), u"checkout: move a rule"_qs);

        click(cards[0]->findChild<QToolButton *>(u"removeCard"_qs));
        QCOMPARE(order(), u"r2:1"_qs);
    }

    void editsRollouts()
    {
        auto *slider = find<QSlider>(u"thresholdSlider"_qs);
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(m_flag->rollouts[0].threshold->percentage, 26.0);
        auto *percentage = find<QDoubleSpinBox>(u"thresholdPercentage"_qs);
        QCOMPARE(percentage->value(), 26.0);
        percentage->setFocus();
        QTest::keyClick(percentage, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(percentage, u"12.5"_qs);
        QTest::keyClick(percentage, Qt::Key_Return);
        QCOMPARE(m_flag->rollouts[0].threshold->percentage, 12.5);
        const auto *problems =
            m_editor->findChild<flagspage::RolloutCard *>()->findChild<widgets::ProblemLines *>();
        QVERIFY2(problems->text().contains(u"whole percents"_qs), qPrintable(problems->text()));
        choose(find<QComboBox>(u"rolloutValue"_qs), u"off"_qs);
        QVERIFY(!m_flag->rollouts[0].threshold->value);
        typeOver(find<QLineEdit>(u"rolloutDescription"_qs), u"A few"_qs);
        QCOMPARE(m_flag->rollouts[0].description, u"A few"_qs);

        click(find<QPushButton>(u"addSegmentRollout"_qs));
        QCOMPARE(int(m_flag->rollouts.size()), 2);
        QCOMPARE(m_flag->rollouts[1].type, int(flags::SegmentRollout));
        auto *add = find<QLineEdit>(u"addSegment"_qs);
        QTRY_VERIFY(add->hasFocus());
        QTest::keyClicks(add, u"eu"_qs);
        QTest::keyClick(add, Qt::Key_Return);
        QCOMPARE(m_flag->rollouts[1].segmentMatches[0].segments, std::vector{SegmentKey(u"eu"_qs)});
        auto *handle = find<QWidget>(u"cardHandle"_qs, 1);
        handle->setFocus();
        QTest::keyClick(handle, Qt::Key_Up);
        QCOMPARE(m_flag->rollouts[0].type, int(flags::SegmentRollout));
        QCOMPARE(m_flag->rollouts[1].rank, 2);
        click(find<QPushButton>(u"addThreshold"_qs));
        QCOMPARE(m_flag->rollouts[2].threshold->percentage, 50.0);
        click(find<QToolButton>(u"removeCard"_qs, 0));
        QCOMPARE(int(m_flag->rollouts.size()), 2);
        QCOMPARE(m_flag->rollouts[0].rank, 1);
    }

    void editsMetadata()
    {
        flags::Flag flag = quietHours();
        flag.metadata = u"{\"owner\": \"mail\",\"size\":1e3}"_qs;
        open(flag);
        QVERIFY(m_labels.isEmpty());
        QCOMPARE(find<QLineEdit>(u"metadataValue"_qs, 1)->text(), u"1e3"_qs);
        click(find<QPushButton>(u"addMetadata"_qs));
        auto *name = find<QLineEdit>(u"metadataName"_qs, 2);
        QTRY_VERIFY(name->hasFocus());
        QTest::keyClicks(name, u"tag"_qs);
        QTest::keyClick(name, Qt::Key_Return);
        typeOver(find<QLineEdit>(u"metadataValue"_qs, 2), u"say \"hi\""_qs);
        QCOMPARE(m_flag->metadata,
                 u"{\"owner\":\"mail\",\"size\":1e3,\"tag\":\"say \\\"hi\\\"\"}"_qs);
        // What is no number is said so, and the flag keeps what it had.
        typeOver(find<QLineEdit>(u"metadataValue"_qs, 1), u"many"_qs);
        QVERIFY(find<QLabel>(u"metadataFault"_qs)->text().contains(u"no number"_qs));
        QVERIFY(m_flag->metadata->contains(u"1e3"_qs));
        typeOver(find<QLineEdit>(u"metadataName"_qs, 2), u"owner"_qs);
        QVERIFY(find<QLabel>(u"metadataFault"_qs)->text().contains(u"already"_qs));
        choose(find<QComboBox>(u"metadataType"_qs, 1), u"true"_qs);
        QVERIFY(m_flag->metadata->contains(u"\"size\":true"_qs));
        click(find<QToolButton>(u"removeMetadata"_qs, 0));
        click(find<QToolButton>(u"removeMetadata"_qs, 0));
        click(find<QToolButton>(u"removeMetadata"_qs, 0));
        QVERIFY(!m_flag->metadata);
        click(find<QPushButton>(u"metadataAsJson"_qs));
        auto *json = find<QsciScintilla>(u"metadataJson"_qs);
        json->setFocus();
        QTest::keyClicks(json, u"[1]"_qs);
        QVERIFY(find<QLabel>(u"metadataJsonFault"_qs)->text().contains(u"object"_qs));
    }

    void lockedItIsOnlyShown()
    {
        open(checkout());
        m_editor->setReadOnly(true);
        QTest::keyClicks(find<QLineEdit>(u"flagName"_qs), u"x"_qs);
        QCOMPARE(find<QLineEdit>(u"flagName"_qs)->text(), u"Checkout"_qs);
        QVERIFY(!find<QPushButton>(u"addRule"_qs));
        QVERIFY(!find<QToolButton>(u"removeCard"_qs));
        QVERIFY(!find<QLineEdit>(u"addSegment"_qs));
        QVERIFY(!find<QDoubleSpinBox>(u"share"_qs)
                || find<QDoubleSpinBox>(u"share"_qs)->isReadOnly());
        QVERIFY(m_labels.isEmpty());
    }
};

QTEST_MAIN(TestFlagEditor)
#include "tst_flageditor.moc"
