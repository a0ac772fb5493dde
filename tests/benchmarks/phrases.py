"""Phrases that name no occupation: small talk, questions about jobs, and ordinary words that are titles too."""

from __future__ import annotations

import random
import re

WRITTEN = """
hi there|hello!|good morning|thanks a lot|thank you so much|bye for now|who are you|are you a robot|can you help me
what can you do|i'm bored|tell me a joke|how old are you|where do your answers come from|is this free|stop it
that is not what i asked|you are wrong|please be more precise|i don't understand|say that again|ok got it|nice one
what jobs pay well|which jobs need no degree|what should i do with my life|i hate my job|i just lost my job
how do i find work near me|what careers are growing|is there any work for people like me|i want a better salary
do i need a college degree|how do i write a cover letter|what do employers look for|i have no experience at all
is it dangerous|does it pay well|what are the hours|how long does it take|where would i start|is the work hard
how much does it pay in ohio|what does it involve|do they work nights|who hires people for that|how many are there
how do i cook rice|she can cook really well|we cook together on sundays|let me cook something|cook it for ten minutes
our business model is changing|a new car model came out|the model number is on the back|which phone model is best
i was the host last night|we host a party every year|the web host went down|thanks to the host for dinner
the printer driver is broken|update the driver of my sound card|my driver's license expired|a key driver of growth
read the user guide first|a guide to better sleep|guide me through this please|let this be your guide
my manager said no|the password manager forgot it|i asked the manager for a refund|task manager shows nothing
he runs a set of tests|set the alarm for six|give me a set of keys|i set it up myself|the set is complete
first of all thank you|i came first|first things first|what comes first|the first one please|second that
give me a hand|on the other hand|hand me the phone|i have a page of notes|turn the page|page two please
the lead is too short|lead the way|i take the lead here|we lead by two points|a lead pipe
train leaves at six|the trainer shoes are nice|i need new trainers for running|train your brain
coach tickets are cheaper|we took the coach to town|i fly coach|don't judge me|judge for yourself
a clean desk|the cleaner is under the sink|vacuum cleaner is loud|cheaper and cleaner energy|a pilot study
the pilot light went out|pilot episode was great|the baker street station|my carpenter jeans|a mason jar
the server is down|restart the server|a game server|the web page loads slowly|the router needs a restart
my computer is slow|the buffer is full|roller coasters scare me|a can opener|bottle opener is missing
the timer went off|set a timer|egg timer|my tablet stopped|the filter is dirty|coffee maker broke|ice maker is loud
paper cutter|a pencil sharpener|hair dryer|the toaster is hot|dish washer won't start|the washer and dryer are new
use the mixer|blender is broken|we need a bigger boiler|the heater died|a screw driver would help|hard drive
a lot of people|one of my friends|she is a friend of mine|my brother lives in maine|my sister is twelve
i am a people person|my father likes trains|mother knows best|the captain of our team|team captain again
a doctor told me to rest|the doctor said i'm fine|i see my doctor tomorrow|call the doctor|doctor who is on tv
the police came to our street|call the police|the fire was put out|officer down is a movie|good cop bad cop
a nursing home near me|nursing her baby|my plumbing is leaking|the wiring is old|welding helmet sale
cooking is fun|driving home now|i am driving to work|we are planning a trip|testing one two three|i'm coaching kids
acting weird|stop acting up|that's teaching me a lesson|machine learning is hype|i love painting my room
the band is playing|my favorite singer is adele|which player scored|the best player of all time|player of the week
a dancer in the dark|dancing queen|star runner|runner up|a writer's block|reader comments|dear reader
"""
OPENING = ("", "hi, ", "ok so ", "well ", "hey ", "so ", "look, ", "honestly ")
CLOSING = ("", " please", "?", "!", " lol", " thanks", " tbh", "...")
TEMPLATES = (
    "how much does {it} {cost}",
    "do you know {something}",
    "i {feel} about {matter}",
    "what {matter} do you have",
    "can i {act} {when}",
    "is {matter} important for a job",
    "which jobs {have} {matter}",
    "how do i {act} {when}",
    "i want to {act} {when} and i {feel} about {matter}",
    "my {person} {said} {something}",
    "{matter} or {matter}, what matters more",
    "where can i find {matter} {when}",
    "are there jobs that {have} {matter}",
    "{something}",
)
FILLERS = {
    "it": "it | this job | that | a course | the training | that kind of work | this | one of these",
    "cost": "pay | cost | pay in texas | cost a year | pay after five years | pay per hour | bring in",
    "something": (
        "what time it is | why the sky is blue | if it will rain | how to swim | who won the game | my cat is "
        "ill | the bus was late | i can't sleep | the kitchen is a mess | we moved last year | the kids are "
        "at school | it's my birthday | that makes no sense | i like to work outside | i am good with my "
        "hands | i'm bad at math | i never finished high school | i have two kids | there is a set of rules | "
        "he was first in line | it works like a charm | we had a good time | nobody told me anything"
    ),
    "feel": "worry | think a lot | know little | care | complain | dream | read | wonder",
    "matter": (
        "good pay | night shifts | health insurance | a pension | job security | math | heavy lifting | "
        "travel | free weekends | a uniform | overtime | a driving licence | computers | animals | children | "
        "tools | machines | a college degree | remote work | training | safety | cars | numbers | books | "
        "food | music | trees | law | money | medicine | sports | languages"
    ),
    "act": (
        "learn something new | find a job | earn more | change careers | start over | move abroad | work from "
        "home | go back to school | cook dinner | fix my car | drive a truck | paint the fence | build a "
        "house | run a marathon | write a letter | sing a song | clean the kitchen | help people | teach my "
        "dog tricks | design my garden | play guitar | lead a team | manage my time"
    ),
    "when": (
        "at my age | this year | without experience | next to school | in ohio | near boston | for free | at "
        "night | online"
    ),
    "have": "have | need | offer | require | involve | come with",
    "person": "mom | dad | friend | neighbor | wife | husband | cousin | uncle | boss | kid",
    "said": "said | thinks | told me | asked | knows | forgot",
}


def without_occupation(source: random.Random, count: int) -> list[str]:
    """So many different phrases: those written by hand, and others from templates."""
    found = dict.fromkeys(re.split(r"[|\n]", WRITTEN.strip()))
    while len(found) < count:
        phrase = re.sub(
            r"\{(\w+)\}", lambda slot: source.choice(FILLERS[slot[1]].split(" | ")), source.choice(TEMPLATES)
        )
        found[source.choice(OPENING) + phrase + source.choice(CLOSING)] = None
    return list(found)[:count]
