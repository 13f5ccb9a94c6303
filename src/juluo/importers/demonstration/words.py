"""What the invented members are called and what they say, in Chinese and English."""

# fmt: off
NAMES = (
    "林晓阳", "周雨桐", "陈思远", "王一鸣", "赵清和", "刘梦琪", "黄子墨", "吴若曦", "徐嘉怡",
    "孙浩然", "马骁", "朱可欣", "胡俊杰", "郭佳宁", "何雅文", "高翔", "罗启明", "梁思齐",
    "宋怀瑾", "郑书语", "谢安澜", "韩雪", "唐宁", "冯越", "于文博", "董小满", "萧然", "程诺",
    "曹知行", "袁野", "Emma", "Liam", "Sofia", "Noah", "Mia", "Oliver", "Ava", "Lucas",
    "Chloe", "Hugo", "Iris", "Daniel", "Nora", "Felix", "Clara", "Tom", "Lena", "Marco",
    "Julia", "Ben", "Ines", "Paul", "Greta", "Adam",
)
# fmt: on

SPACES = (
    (
        "routes",
        "路线与骑行 Routes",
        "周末路线、轨迹与骑行见闻。Weekend routes, tracks and ride stories.",
    ),
    (
        "workshop",
        "修车与装备 Workshop",
        "修车问答和装备经验。Repairs and gear: ask and answer.",
    ),
    (
        "newcomers",
        "新人报到 Newcomers",
        "第一次来？在这里打个招呼。New here? Say hello.",
    ),
    (
        "safety",
        "安全出行 Safety",
        "路况、骑行安全与法规。Road conditions, safety and rules.",
    ),
    (
        "lounge",
        "闲聊群 Lounge",
        "想到什么聊什么。Anything goes.",
    ),
)

QUESTIONS = (
    ("刹车异响怎么办？", "碟刹下坡时一直有尖锐的声音，擦过碟片还是响，是不是该换来令片了？"),
    ("通勤选 28 还是 32 胎？", "每天 12 公里，有两段碎石路，想舒服一点又不太慢。"),
    ("雨天怎么保养链条？", "这周天天下雨，骑完只擦了水，链条已经有点锈色。"),
    ("坐骨疼怎么调座垫？", "骑到二十公里就开始疼，座垫高度是按身高算的，角度没动过。"),
    ("Which lights for unlit paths?", "My evening ride has three kilometres without street lamps."),
    (
        "Tubeless or tubes for a beginner?",
        "I get about one puncture a month and carry a small pump.",
    ),
    ("How tight should a headset be?", "The front knocks when I brake hard. Is that the headset?"),
    ("变速跳档是线的问题吗？", "后拨从第三片往第四片总要拨两下，尾钩看起来是正的。"),
    ("地铁能带折叠车吗？", "周日想坐地铁到滨江起点，有没有人试过早高峰以外的时段？"),
    ("Is a helmet camera allowed here?", "I would like to record my commute. Any rule against it?"),
)
ANSWERS = (
    "先用酒精把碟片擦干净，再把来令片轻轻打磨一下，多半就好了。",
    "我两种都用过，碎石路选 32，气压打到四十五左右很舒服。",
    "骑完用干布擦净，等干透再上油，每节一滴就够，多了反而粘灰。",
    "座垫放平，脚跟踩到最低点时腿刚好伸直，先从这里调起。",
    "I had the same and a new cable solved it. Cheap to try first.",
    "Start with tubes, learn to change one at home, then decide.",
    "Hold the front brake and rock the bike: if it knocks, tighten the top cap a little.",
    "两百流明足够看清路面，记得把光轴压低，别晃到对面的人。",
)
POSTS = (
    ("周末滨江环线记录", "早上七点出发，四十二公里，风不大，桥头那段在修路，要绕到辅道。"),
    ("湿地公园新路线", "新修的步道可以骑，木栈道下雨后很滑，建议放慢。轨迹在评论里。"),
    ("Sunday ride: the reservoir loop", "Fifty-five kilometres with one long climb. Bring water."),
    ("夜骑观察：哪些路段灯坏了", "整理了六处，已经向市政反映，骑过的请补充。"),
    ("我的第一个百公里", "谢谢大家一路等我。最后二十公里是靠那半个面包撑下来的。"),
    ("Notes from the bike lane survey", "We counted for two hours at four crossings."),
    ("装备清单：通勤一年之后", "真正每天用的只有五样：锁、灯、雨衣、补胎工具和挡泥板。"),
)
HELLOS = (
    "大家好，刚搬来这边，骑公路车三年，周末想跟队。",
    "新人报到！小轮车通勤，平时在东区。",
    "Hi all, I ride a steel touring bike and speak some Chinese. Happy to be here.",
    "终于找到组织了，我是修车爱好者，工具可以借。",
    "Hello! New in town, looking for easy rides with the kids.",
)
COMMENTS = (
    "这条我上周骑过，确实好看。",
    "请问集合点在哪里？",
    "Thanks for the track, saved.",
    "下次一起！",
    "桥头现在修好了，可以直接过。",
    "Good point, I will check mine tonight.",
    "辛苦了，照片拍得真好。",
    "补充一下：下午四点以后逆风。",
    "How long did it take with breaks?",
)
CHATTER = (
    "今晚八点有人夜骑吗？",
    "刚下完雨，滨江那段有积水，小心。",
    "有人顺路带一个内胎吗？700×28 的。",
    "我到了，在桥下。",
    "Anyone up for coffee after the ride?",
    "周六的路线定了吗？",
    "定了，七点老地方。",
    "Running five minutes late, sorry.",
    "今天风好大，逆风骑到怀疑人生。",
    "新灯到了，亮得像汽车。",
    "哈哈哈",
    "明天记得带雨衣。",
)
EMOJI = ("👍", "❤️", "🚲", "😂", "🎉")
